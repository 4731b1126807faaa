package io.jackfield.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.srtp.SrtpProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A signature that is verified late")
class LateVerificationTest {
    private static final DigitallySigned SIGNED = new DigitallySigned(null, new byte[1]);

    private final LateVerification late = new LateVerification();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("is taken for good until it is looked at, and bad then")
    void bad(boolean stream) throws IOException {
        assertThat(ask(late.postpone(new Verifier(false, stream)))).isTrue();

        assertThatThrownBy(late::perform).isInstanceOf(TlsFatalAlert.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("that is good holds nothing up, and is looked at once")
    void good(boolean stream) throws IOException {
        Verifier verifier = new Verifier(true, stream);
        assertThat(ask(late.postpone(verifier))).isTrue();
        assertThat(verifier.asked).isZero();

        late.perform();
        late.perform();

        assertThat(verifier.asked).isEqualTo(1);
    }

    @Test
    @DisplayName("is nothing to wait for where there is none")
    void none() {
        assertThatCode(late::perform).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is verified before a handshake is complete, however busy it was")
    void neverForgotten() throws IOException {
        GuardedCrypto crypto = new GuardedCrypto(DtlsPair.RANDOM);
        SrtpClient client =
                new SrtpClient(
                        crypto,
                        new DtlsIdentity(
                                crypto, DtlsCertificate.generate(DtlsPair.RANDOM, Instant.now())),
                        new SrtpNegotiation(
                                DtlsRole.CLIENT,
                                List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80),
                                List.of()),
                        new HandshakeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        late);
        assertThat(ask(late.postpone(new Verifier(false, false)))).isTrue();

        assertThatThrownBy(client::notifyHandshakeComplete).isInstanceOf(TlsFatalAlert.class);
    }

    private static boolean ask(TlsVerifier verifier) throws IOException {
        TlsStreamVerifier stream = verifier.getStreamVerifier(SIGNED);
        if (stream == null) {
            return verifier.verifyRawSignature(SIGNED, new byte[32]);
        }
        stream.getOutputStream().write(1);
        return stream.isVerified();
    }

    /** Knows the verdict beforehand, and counts who asks for it. */
    private static final class Verifier implements TlsVerifier {
        private final boolean verdict;
        private final boolean stream;
        private int asked;

        Verifier(boolean verdict, boolean stream) {
            this.verdict = verdict;
            this.stream = stream;
        }

        @Override
        public TlsStreamVerifier getStreamVerifier(DigitallySigned signed) {
            return stream ? new Stream() : null;
        }

        @Override
        public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) {
            asked++;
            return verdict;
        }

        private final class Stream implements TlsStreamVerifier {
            @Override
            public OutputStream getOutputStream() {
                return new ByteArrayOutputStream();
            }

            @Override
            public boolean isVerified() {
                asked++;
                return verdict;
            }
        }
    }
}
