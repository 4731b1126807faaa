package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("To tags of answers without a transaction (RFC 3261 §8.2.7)")
class OwnTagsTest {
    private static final SipRequest INVITE = request(SipMethod.INVITE, "z9hG4bK1", "call", 1);

    private final OwnTags tags = new OwnTags("secret");

    @Test
    @DisplayName("are the same for the same request, and for the ACK of its INVITE")
    void areConsistent() {
        assertThat(tags.tag(INVITE)).isEqualTo(tags.tag(INVITE)).hasSize(16);
        assertThat(tags.tag(request(SipMethod.ACK, "z9hG4bK1", "call", 1)))
                .isEqualTo(tags.tag(INVITE));
    }

    @Test
    @DisplayName("differ for another branch, another call and another server")
    void differ() {
        assertThat(tags.tag(INVITE))
                .isNotEqualTo(tags.tag(request(SipMethod.INVITE, "z9hG4bK2", "call", 1)))
                .isNotEqualTo(tags.tag(request(SipMethod.INVITE, "z9hG4bK1", "other", 1)))
                .isNotEqualTo(new OwnTags("other secret").tag(INVITE));
    }
}
