package io.jackfield.call.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What happens is told")
class EventsTest {
    private final Events events = new Events();
    private final List<String> heard = new ArrayList<>();

    private static PbxEvent down(String trunk) {
        return new PbxEvent.TrunkChanged(trunk, false, "test");
    }

    @Test
    @DisplayName("to everybody who listens, in the order in which they began")
    void everybody() {
        events.listen(_ -> heard.add("first"));
        events.listen(_ -> heard.add("second"));
        events.publish(down("a"));
        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    @DisplayName("to the others as well when one fails, who hears no more")
    void broken() {
        events.listen(_ -> {
            heard.add("broken");
            throw new IllegalStateException("a planted mistake");
        });
        events.listen(_ -> heard.add("sound"));
        events.publish(down("a"));
        events.publish(down("b"));
        assertThat(heard).containsExactly("broken", "sound", "sound");
    }
}
