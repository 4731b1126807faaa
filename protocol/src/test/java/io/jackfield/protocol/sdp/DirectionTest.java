package io.jackfield.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The direction of a stream (RFC 3264 §6.1)")
class DirectionTest {
    @ParameterizedTest
    @CsvSource({
        "SENDRECV, SENDRECV",
        "SENDONLY, RECVONLY",
        "RECVONLY, SENDONLY",
        "INACTIVE, INACTIVE"
    })
    @DisplayName("is reversed by looking from the other end")
    void reverses(Direction direction, Direction reversed) {
        assertThat(direction.reversed()).isEqualTo(reversed);
    }

    @ParameterizedTest
    @CsvSource({
        "SENDRECV, SENDONLY, SENDONLY",
        "SENDRECV, RECVONLY, RECVONLY",
        "SENDONLY, RECVONLY, INACTIVE",
        "SENDONLY, SENDONLY, SENDONLY",
        "SENDRECV, INACTIVE, INACTIVE"
    })
    @DisplayName("is what both sides allow")
    void intersects(Direction one, Direction other, Direction both) {
        assertThat(one.intersect(other)).isEqualTo(both);
        assertThat(other.intersect(one)).isEqualTo(both);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is read back from its own name, without case")
    void readsItsName(Direction direction) {
        assertThat(Direction.parse(direction.attributeName())).contains(direction);
        assertThat(Direction.parse(direction.name())).contains(direction);
    }

    @Test
    @DisplayName("is not read from other words")
    void readsNothingElse() {
        assertThat(Direction.parse("sendrecv1")).isEmpty();
    }
}
