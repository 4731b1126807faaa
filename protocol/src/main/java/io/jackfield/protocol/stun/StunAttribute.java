package io.jackfield.protocol.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One STUN attribute that somebody here reads or writes (RFC 8489 §14, RFC 8445 §16.1).
 *
 * <p>MESSAGE-INTEGRITY and FINGERPRINT are no attributes in this sense: they are about the bytes,
 * so {@link StunParser} checks or keeps them and {@link StunWriter} makes them.
 */
public sealed interface StunAttribute {

    /** USERNAME. At most 508 bytes of UTF-8 (§14.3). */
    record Username(String value) implements StunAttribute {
        /** "fewer than 509 bytes" (§14.3). */
        public static final int BYTES_MAX = 508;

        public Username {
            checkLength("USERNAME", value, BYTES_MAX);
        }
    }

    /** REALM. At most 763 bytes (§14.9). */
    record Realm(String value) implements StunAttribute {
        public Realm {
            checkLength("REALM", value, TEXT_BYTES_MAX);
        }
    }

    /** NONCE. At most 763 bytes (§14.10). */
    record Nonce(String value) implements StunAttribute {
        public Nonce {
            checkLength("NONCE", value, TEXT_BYTES_MAX);
        }
    }

    /** SOFTWARE. At most 763 bytes (§14.14). */
    record Software(String value) implements StunAttribute {
        public Software {
            checkLength("SOFTWARE", value, TEXT_BYTES_MAX);
        }
    }

    /** XOR-MAPPED-ADDRESS, already unmasked; the address is resolved, IPv4 or IPv6 (§14.2). */
    record XorMappedAddress(InetSocketAddress address) implements StunAttribute {
        public XorMappedAddress {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("XOR-MAPPED-ADDRESS needs a resolved address");
            }
        }
    }

    /**
     * ERROR-CODE (§14.8).
     *
     * @param code 300 to 699
     */
    record ErrorCode(int code, String reason) implements StunAttribute {
        public ErrorCode {
            if (code < 300 || code > 699) {
                throw new IllegalArgumentException("ERROR-CODE outside 300 to 699: " + code);
            }
            checkLength("ERROR-CODE", reason, TEXT_BYTES_MAX);
        }
    }

    /** UNKNOWN-ATTRIBUTES: types, each 0 to 65535 (§14.13). */
    record UnknownAttributes(List<Integer> types) implements StunAttribute {
        public UnknownAttributes {
            types = List.copyOf(types);
        }
    }

    /** PRIORITY: 0 to 2^32 - 1 (RFC 8445 §7.1.1). */
    record Priority(long value) implements StunAttribute {
        public Priority {
            if (value < 0 || value > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("PRIORITY outside 32 bits: " + value);
            }
        }
    }

    /** USE-CANDIDATE (RFC 8445 §7.1.2). */
    record UseCandidate() implements StunAttribute {}

    /** ICE-CONTROLLING, an unsigned 64-bit tie-breaker (RFC 8445 §7.1.3). */
    record IceControlling(long tieBreaker) implements StunAttribute {}

    /** ICE-CONTROLLED, an unsigned 64-bit tie-breaker (RFC 8445 §7.1.3). */
    record IceControlled(long tieBreaker) implements StunAttribute {}

    /**
     * An attribute nobody here reads; its value is not kept, so it cannot be written again.
     *
     * @param type 0 to 65535; below 0x8000 the sender demands that it be understood (§14)
     * @param length of the value in bytes, without padding
     */
    record Unread(int type, int length) implements StunAttribute {
        /** True where the sender demands that it be understood. */
        public boolean comprehensionRequired() {
            return type < 0x8000;
        }
    }

    /** "fewer than 128 characters, up to 763 bytes" (§14). */
    int TEXT_BYTES_MAX = 763;

    private static void checkLength(String name, String value, int bytesMax) {
        if (value.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw new IllegalArgumentException(name + " longer than " + bytesMax + " bytes");
        }
    }
}
