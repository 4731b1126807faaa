package io.jackfield.call.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A trunk's health")
class TrunkHealthTest {
    @Test
    @DisplayName("three failures in a row take it out of use, two good answers bring it back")
    void downAndUp() {
        TrunkHealth twice = TrunkHealth.UNTRIED.bad().bad();
        assertThat(twice.up()).isTrue();
        TrunkHealth down = twice.bad();
        assertThat(down.up()).isFalse();
        assertThat(down.good().up()).isFalse();
        assertThat(down.good().bad().good().up()).isFalse();
        assertThat(down.good().good().up()).isTrue();
    }

    @Test
    @DisplayName("a good answer in between forgets the failures")
    void forgets() {
        assertThat(TrunkHealth.UNTRIED.bad().bad().good().bad().bad().up()).isTrue();
    }
}
