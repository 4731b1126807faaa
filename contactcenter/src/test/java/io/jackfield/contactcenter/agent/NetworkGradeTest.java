package io.jackfield.contactcenter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The grade of an agent's network")
class NetworkGradeTest {
    private NetworkGrade grade = NetworkGrade.UNKNOWN;

    private Grade hears(double bad, double rtt) {
        grade = grade.heard(bad, OptionalDouble.of(rtt));
        return grade.grade();
    }

    @Test
    @DisplayName("is not changed by one bad call, and by two")
    void hysteresis() {
        assertThat(hears(0.5, 40)).isEqualTo(Grade.GOOD);
        assertThat(hears(0.5, 40)).isEqualTo(Grade.POOR);
    }

    @Test
    @DisplayName("comes back after some good calls, by way of the middle")
    void recovers() {
        hears(0.2, 40);
        assertThat(hears(0.2, 40)).isEqualTo(Grade.POOR);
        boolean fair = false;
        int calls = 0;
        while (grade.grade() != Grade.GOOD) {
            fair |= hears(0, 40) == Grade.FAIR;
            assertThat(++calls).isLessThan(15);
        }
        assertThat(fair).isTrue();
        assertThat(calls).isGreaterThan(4);
    }

    @Test
    @DisplayName("is fair at best where the round trip is long")
    void roundTrip() {
        hears(0, 350);
        assertThat(hears(0, 350)).isEqualTo(Grade.FAIR);
    }

    @Test
    @DisplayName("stays where calls take turns")
    void swings() {
        for (int i = 0; i < 20; i++) {
            hears(i % 2 == 0 ? 0.004 : 0, 40);
            assertThat(grade.grade()).isEqualTo(Grade.GOOD);
        }
    }
}
