package io.jackfield.observe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The E-model")
class EModelTest {
    static Stream<EModelVectors.Vector> vectors() {
        return EModelVectors.ALL.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("gives the known answers")
    void vectors(EModelVectors.Vector vector) {
        assertThat(vector.computedRating()).isCloseTo(vector.rating(), within(0.051));
        assertThat(vector.computedMos()).isCloseTo(vector.mos(), within(0.051));
        assertThat(vector.holds()).isTrue();
    }

    @ParameterizedTest(name = "R {0}")
    @CsvSource({"90, 4.34", "80, 4.02", "70, 3.60", "60, 3.10", "50, 2.58", "-5, 1", "3.2, 1"})
    @DisplayName("makes scores of ratings (G.107 Annex B), never below 1")
    void mos(double rating, double mos) {
        assertThat(EModel.mos(rating)).isCloseTo(mos, within(0.005));
    }

    @Test
    @DisplayName("knows that delay matters to who talks and not to who listens")
    void lqAndCq() {
        EModel.CodecValues g711 = EModel.CodecValues.G711;
        assertThat(EModel.mosLq(g711, 2)).isGreaterThan(EModel.mosCq(g711, 2, 300, 10));
        assertThat(EModel.mosCq(g711, 2, 300, 10)).isGreaterThan(EModel.mosCq(g711, 2, 600, 10));
        assertThat(EModel.mosLq(EModel.CodecValues.of("G722"), 0))
                .isLessThan(EModel.mosLq(EModel.CodecValues.of("PCMU"), 0));
    }
}
