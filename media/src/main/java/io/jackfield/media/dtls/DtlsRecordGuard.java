package io.jackfield.media.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Reads every datagram before Bouncy Castle does, and refuses what no honest peer sends.
 *
 * <p>Why: bctls 1.84 allocates as many bytes as a handshake fragment <em>claims</em> its message to
 * have, up to 16 MiB for 26 bytes on the wire, before anything is authenticated (CVE-2026-59646;
 * nine datagrams cost 148 MB). Here a claim counts against bounds first. Upstream has the fix from
 * 1.85 on; the guard stays, since its bounds are tighter than a library's can be.
 *
 * <p>What is encrypted cannot be read here; {@link GuardedCipher} applies the same bound to it.
 *
 * <p>Thread: the media loop's.
 */
final class DtlsRecordGuard {
    /** Certificates of browsers have about 300 bytes, of a chain of three with RSA about 5,000. */
    static final int MESSAGE_BYTES_MAX = 16 * 1024;

    /** All messages of one handshake together. */
    static final int HANDSHAKE_BYTES_MAX = 64 * 1024;

    /** A full handshake has 6 messages from the client and 6 from the server. */
    static final int MESSAGES_MAX = 16;

    /** A flight has at most five messages; they may come in any order. */
    static final int MESSAGES_AHEAD_MAX = 8;

    /** A peer that sends its flight again five times in a second stays below 50. */
    static final int RECORDS_PER_SECOND_MAX = 100;

    /** Nobody needs more for one association, however lossy the path. */
    static final int RECORDS_PER_HANDSHAKE_MAX = 600;

    private static final int RECORD_HEADER_BYTES = 13;
    private static final int FRAGMENT_HEADER_BYTES = 12;

    /** 2^14 of content and what a cipher may add (RFC 6347 §4.1). */
    private static final int RECORD_BYTES_MAX = (1 << 14) + 2048;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int DTLS_1_0 = 0xFEFF;
    private static final int DTLS_1_2 = 0xFEFD;
    private static final int UNSEEN = -1;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** By message_seq: type and length in one word, as first claimed. */
    private final int[] claims = new int[MESSAGES_MAX];

    private int highestMessage = -1;
    private int claimedBytes;
    private int recordsInHandshake;
    private int recordsInSecond;
    private long secondBeganNanos;
    private int lastClearAlert = UNSEEN;
    private boolean established;

    DtlsRecordGuard(long nowNanos) {
        Arrays.fill(claims, UNSEEN);
        secondBeganNanos = nowNanos;
    }

    /** From here on the count per handshake no longer applies: the peer is known. */
    void established() {
        established = true;
    }

    /** A new handshake begins on the same association, after a ClientHello that led nowhere. */
    void restarted() {
        Arrays.fill(claims, UNSEEN);
        highestMessage = -1;
        claimedBytes = 0;
    }

    /** The description of the last alert that came unauthenticated, for explanations only. */
    OptionalInt lastClearAlert() {
        return lastClearAlert == UNSEEN ? OptionalInt.empty() : OptionalInt.of(lastClearAlert);
    }

    /**
     * Judges one datagram, from position to limit, which stay as they are. Anything but {@link
     * DtlsFilter#PASSED} condemns the whole datagram.
     */
    DtlsFilter check(ByteBuffer datagram, long nowNanos) {
        int at = datagram.position();
        int end = datagram.limit();
        if (at == end) {
            return DtlsFilter.BAD_RECORD_LENGTH;
        }
        while (at < end) {
            if (end - at < RECORD_HEADER_BYTES) {
                return DtlsFilter.BAD_RECORD_LENGTH;
            }
            int length = datagram.getShort(at + 11) & 0xFFFF;
            if (length == 0
                    || length > RECORD_BYTES_MAX
                    || length > end - at - RECORD_HEADER_BYTES) {
                return DtlsFilter.BAD_RECORD_LENGTH;
            }
            DtlsFilter verdict = checkRecord(datagram, at, length, nowNanos);
            if (verdict != DtlsFilter.PASSED) {
                return verdict;
            }
            at += RECORD_HEADER_BYTES + length;
        }
        return DtlsFilter.PASSED;
    }

    private DtlsFilter checkRecord(ByteBuffer datagram, int at, int length, long nowNanos) {
        if (!withinRate(nowNanos)) {
            return DtlsFilter.TOO_MANY_RECORDS;
        }
        int version = datagram.getShort(at + 1) & 0xFFFF;
        if (version != DTLS_1_2 && version != DTLS_1_0) {
            return DtlsFilter.BAD_RECORD_TYPE;
        }
        boolean inClear = datagram.getShort(at + 3) == 0;
        int body = at + RECORD_HEADER_BYTES;
        return switch (datagram.get(at) & 0xFF) {
            case HANDSHAKE ->
                    inClear ? checkFragments(datagram, body, body + length) : DtlsFilter.PASSED;
            case ALERT -> inClear ? clearAlert(datagram, body, length) : DtlsFilter.PASSED;
            case CHANGE_CIPHER_SPEC -> DtlsFilter.PASSED;
            case APPLICATION_DATA -> inClear ? DtlsFilter.BAD_RECORD_TYPE : DtlsFilter.PASSED;
            default -> DtlsFilter.BAD_RECORD_TYPE;
        };
    }

    private boolean withinRate(long nowNanos) {
        if (nowNanos - secondBeganNanos >= SECOND_NANOS) {
            secondBeganNanos = nowNanos;
            recordsInSecond = 0;
        }
        recordsInSecond++;
        if (!established) {
            recordsInHandshake++;
        }
        return recordsInSecond <= RECORDS_PER_SECOND_MAX
                && recordsInHandshake <= RECORDS_PER_HANDSHAKE_MAX;
    }

    private DtlsFilter clearAlert(ByteBuffer datagram, int body, int length) {
        if (length == 2) {
            lastClearAlert = datagram.get(body + 1) & 0xFF;
        }
        return DtlsFilter.ALERT_IN_CLEAR;
    }

    private DtlsFilter checkFragments(ByteBuffer datagram, int from, int end) {
        int at = from;
        while (at < end) {
            if (end - at < FRAGMENT_HEADER_BYTES) {
                return DtlsFilter.BAD_FRAGMENT;
            }
            int typeAndLength = datagram.getInt(at);
            int messageBytes = typeAndLength & 0xFF_FFFF;
            int sequence = datagram.getShort(at + 4) & 0xFFFF;
            int fragmentOffset = datagram.getInt(at + 5) & 0xFF_FFFF;
            int fragmentBytes = datagram.getInt(at + 8) & 0xFF_FFFF;
            if (fragmentBytes > end - at - FRAGMENT_HEADER_BYTES
                    || fragmentOffset + fragmentBytes > messageBytes) {
                return DtlsFilter.BAD_FRAGMENT;
            }
            DtlsFilter verdict = checkClaim(sequence, typeAndLength, messageBytes);
            if (verdict != DtlsFilter.PASSED) {
                return verdict;
            }
            at += FRAGMENT_HEADER_BYTES + fragmentBytes;
        }
        return DtlsFilter.PASSED;
    }

    private DtlsFilter checkClaim(int sequence, int typeAndLength, int messageBytes) {
        if (messageBytes > MESSAGE_BYTES_MAX) {
            return DtlsFilter.MESSAGE_TOO_LONG;
        }
        if (sequence >= MESSAGES_MAX || sequence > highestMessage + MESSAGES_AHEAD_MAX) {
            return DtlsFilter.SEQUENCE_AHEAD;
        }
        if (claims[sequence] == UNSEEN) {
            if (claimedBytes + messageBytes > HANDSHAKE_BYTES_MAX) {
                return DtlsFilter.HANDSHAKE_TOO_LONG;
            }
            claimedBytes += messageBytes;
            claims[sequence] = typeAndLength;
            highestMessage = Math.max(highestMessage, sequence);
            return DtlsFilter.PASSED;
        }
        return claims[sequence] == typeAndLength ? DtlsFilter.PASSED : DtlsFilter.CONTRADICTION;
    }
}
