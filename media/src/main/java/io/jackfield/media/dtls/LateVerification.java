package io.jackfield.media.dtls;

import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The signature over the server's key exchange (RFC 8422 §5.4), verified while our own flight is on
 * its way instead of before it leaves: a third of the work that the first sound of a call waits
 * for.
 *
 * <p>What leaves unverified is our key exchange, our certificate and our signature over this one
 * handshake, which any server may have for the asking. No key is given out and no association is
 * established before {@link #perform} has returned: {@link SrtpClient} sees to that.
 *
 * <p>Thread: the association's own.
 */
final class LateVerification {
    private @Nullable Check pending;

    /** True where the signature is good. */
    private interface Check {
        boolean holds() throws IOException;
    }

    /** Says yes at once, and looks at the signature in {@link #perform}. */
    TlsVerifier postpone(TlsVerifier verifier) {
        return new TlsVerifier() {
            @Override
            public @Nullable TlsStreamVerifier getStreamVerifier(DigitallySigned signed)
                    throws IOException {
                TlsStreamVerifier stream = verifier.getStreamVerifier(signed);
                return stream == null ? null : postpone(stream);
            }

            @Override
            public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) {
                pending = () -> verifier.verifyRawSignature(signed, hash);
                return true;
            }
        };
    }

    private TlsStreamVerifier postpone(TlsStreamVerifier stream) {
        return new TlsStreamVerifier() {
            @Override
            public OutputStream getOutputStream() throws IOException {
                return stream.getOutputStream();
            }

            @Override
            public boolean isVerified() {
                pending = stream::isVerified;
                return true;
            }
        };
    }

    /**
     * Verifies what has been postponed; nothing where there is nothing.
     *
     * @throws TlsFatalAlert decrypt_error where the signature is not the certificate's
     */
    void perform() throws IOException {
        Check check = pending;
        pending = null;
        if (check != null && !check.holds()) {
            throw new TlsFatalAlert(
                    AlertDescription.decrypt_error, "the key exchange is not signed by its server");
        }
    }
}
