package io.jackfield.protocol.sdp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The answer to our offer, read together with it.
 *
 * @param codecs what payload types mean from now on
 * @param remoteDirection as the answerer sees it
 * @param direction ours from now on: what we offered, and what the answer allows
 * @param localSetup our part in DTLS, ACTIVE or PASSIVE; empty on plain legs
 * @param ptimeMillis milliseconds of audio a packet should hold, 1 to 1000, where said
 */
public record MediaAnswer(
        CodecMap codecs,
        RemoteMedia transport,
        Direction remoteDirection,
        Direction direction,
        Optional<SetupRole> localSetup,
        OptionalInt ptimeMillis)
        implements AnswerReading {}
