package io.jackfield.media.engine;

import io.jackfield.media.MediaSettings;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.peer.DtlsStarter;
import io.jackfield.media.socket.MediaLoop;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What every running leg needs of the engine around it. */
record Engine(
        MediaSettings settings,
        MediaLoop loop,
        DtlsStarter dtls,
        OutcomeCounters counters,
        SecureRandom random,
        InstantSource wallClock,
        RunningLegs legs,
        SpeechCodecs codecs) {}
