package io.jackfield.media.peer;

import io.jackfield.media.dtls.DtlsEvents;
import io.jackfield.media.dtls.DtlsHandshake;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.protocol.sdp.Fingerprint;
import java.util.List;
import java.util.Optional;

/** Begins an association; {@link io.jackfield.media.dtls.DtlsEngine#start} in production. */
@FunctionalInterface
public interface DtlsStarter {
    /**
     * Sends nothing before {@link DtlsHandshake#release}. Empty where too many handshakes run
     * already.
     */
    Optional<DtlsHandshake> start(
            DtlsRole role, List<Fingerprint> expected, DtlsEvents events, long nowNanos);
}
