package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.protocol.bytes.Mutations;
import io.jackfield.protocol.bytes.SharedCorpora;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("SRTP receiver under garbage (RFC 3711 §3.3)")
class SrtpFuzzTest {

    @ParameterizedTest
    @CsvSource({
        "srtp, AES128_CM_HMAC_SHA1_80",
        "srtp, AEAD_AES_128_GCM",
        "srtp-libsrtp-format, AES128_CM_HMAC_SHA1_80",
        "srtp-libsrtp-format, AEAD_AES_256_GCM",
        "rtp, AES128_CM_HMAC_SHA1_32",
        "rtcp, AEAD_AES_128_GCM"
    })
    @DisplayName("survives every fuzz seed and accepts none")
    void seeds(String kind, SrtpProfile profile) {
        SrtpPair pair = new SrtpPair(profile, new Seed(3711).random());
        List<byte[]> seeds = List.copyOf(SharedCorpora.seeds(kind).values());
        assertThat(seeds).isNotEmpty();
        seeds.forEach(bytes -> dropped(pair, bytes));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES128_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM"})
    @DisplayName("survives mutated packets, accepts none, and then plays on")
    void mutations(SrtpProfile profile) {
        SrtpPair pair = new SrtpPair(profile, new Seed(3711).random());
        List<byte[]> originals = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            originals.add(bytes(pair.sent(n)));
            ByteBuffer report = SrtpPair.rtcp(SrtpPair.SSRC, n);
            pair.sender.protectRtcp(report);
            originals.add(bytes(report));
        }
        // all are known already: an accepted one would be a replay or a forgery
        originals.forEach(original -> {
            pair.receiver.unprotect(ByteBuffer.wrap(original.clone()));
            pair.receiver.unprotectRtcp(ByteBuffer.wrap(original.clone()));
        });
        Mutations.feed("SrtpFuzzTest", originals, bytes -> dropped(pair, bytes));

        assertThat(pair.receive(pair.sent(21))).isEqualTo(SrtpOutcome.ACCEPTED);
    }

    private static void dropped(SrtpPair pair, byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes.clone());
        assertThat(pair.receiver.unprotect(packet)).isNotEqualTo(SrtpOutcome.ACCEPTED);
        assertThat(pair.receiver.unprotectRtcp(packet)).isNotEqualTo(SrtpOutcome.ACCEPTED);
        assertThat(Hex.text(packet)).isEqualTo(Hex.text(bytes));
    }

    private static byte[] bytes(ByteBuffer packet) {
        return Arrays.copyOf(packet.array(), packet.limit());
    }
}
