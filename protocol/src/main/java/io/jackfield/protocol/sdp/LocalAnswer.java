package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * An answer of ours and what it settles.
 *
 * @param description to be sent; also what {@link Previous.Sent} takes next time
 * @param codecs what payload types mean from now on
 * @param direction ours from now on
 * @param localSetup our part in DTLS, ACTIVE or PASSIVE; empty on plain legs
 */
public record LocalAnswer(
        SessionDescription description,
        CodecMap codecs,
        Direction direction,
        Optional<SetupRole> localSetup) {}
