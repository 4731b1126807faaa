package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.Via;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Tags, branches and Call-IDs of 64 and 128 random bits. Thread-safety: any thread. */
public final class RandomIdentifiers implements Identifiers {
    private static final int SHORT_BYTES = 8;
    private static final int LONG_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String tag() {
        return hex(SHORT_BYTES);
    }

    @Override
    public String branch() {
        return Via.MAGIC_COOKIE + hex(SHORT_BYTES);
    }

    @Override
    public String callId() {
        return hex(LONG_BYTES);
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
