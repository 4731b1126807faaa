package io.jackfield.protocol.srtp;

import java.util.Arrays;

/**
 * Master key and salt of one direction (RFC 3711 §3.2.1).
 *
 * <p>Immutable; any thread. Has no {@code toString}, {@code equals} or serial form: whoever must
 * store it asks for the bytes by name.
 */
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] masterKey;
    private final byte[] masterSalt;

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException where a length is not the profile's
     */
    public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("key or salt length does not fit " + profile);
        }
        this.profile = profile;
        this.masterKey = masterKey.clone();
        this.masterSalt = masterSalt.clone();
    }

    /**
     * The keys with which the DTLS client sends, from the exporter's {@link
     * SrtpProfile#exporterBytes()} bytes (RFC 5764 §4.2: client key, server key, client salt,
     * server salt).
     */
    public static SrtpKeys ofClient(SrtpProfile profile, byte[] exported) {
        return slice(profile, exported, 0);
    }

    /** The keys with which the DTLS server sends. */
    public static SrtpKeys ofServer(SrtpProfile profile, byte[] exported) {
        return slice(profile, exported, 1);
    }

    private static SrtpKeys slice(SrtpProfile profile, byte[] exported, int which) {
        if (exported.length != profile.exporterBytes()) {
            throw new IllegalArgumentException("exported length does not fit " + profile);
        }
        int key = which * profile.keyBytes();
        int salt = 2 * profile.keyBytes() + which * profile.saltBytes();
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(exported, key, key + profile.keyBytes()),
                Arrays.copyOfRange(exported, salt, salt + profile.saltBytes()));
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** A copy. */
    public byte[] masterKey() {
        return masterKey.clone();
    }

    /** A copy. */
    public byte[] masterSalt() {
        return masterSalt.clone();
    }
}
