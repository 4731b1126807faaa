package io.jackfield.observe.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.storage.ladder.LadderRow;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Changes of descriptions")
class SdpChangesTest {
    @Test
    @DisplayName("are told against what the same side of the same leg said before")
    void bySide() {
        List<List<String>> changes =
                SdpChanges.of(
                        List.of(
                                said("1", false, "v=0\r\na=sendrecv\r\na=mid:0\r\n"),
                                said("1", true, "v=0\r\na=recvonly\r\n"),
                                said("2", false, "v=0\r\na=inactive\r\n"),
                                said("1", false, "v=0\r\na=sendonly\r\na=mid:0\r\n"),
                                said("1", false, ""),
                                said("1", false, "v=0\r\na=sendonly\r\na=mid:0\r\n")));
        assertThat(changes)
                .containsExactly(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("-a=sendrecv", "+a=sendonly"),
                        List.of(),
                        List.of());
    }

    private static LadderRow said(String leg, boolean sent, String sdp) {
        return new LadderRow(
                1,
                1,
                LadderRow.Kind.SIP,
                leg,
                sent,
                "UDP",
                "192.0.2.1:5060",
                "192.0.2.2:5060",
                "INVITE",
                "INVITE sip:a@b SIP/2.0\r\n\r\n" + sdp);
    }
}
