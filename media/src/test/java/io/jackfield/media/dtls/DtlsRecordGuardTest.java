package io.jackfield.media.dtls;

import static io.jackfield.media.dtls.Records.CERTIFICATE;
import static io.jackfield.media.dtls.Records.CLIENT_HELLO;
import static io.jackfield.media.dtls.Records.clearAlert;
import static io.jackfield.media.dtls.Records.fragment;
import static io.jackfield.media.dtls.Records.handshake;
import static io.jackfield.media.dtls.Records.join;
import static io.jackfield.media.dtls.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The guard before Bouncy Castle (RFC 6347 §4.1, §4.2; CVE-2026-59646)")
class DtlsRecordGuardTest {
    private static final int APPLICATION_DATA = 23;
    private static final int HANDSHAKE = 22;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final long SECOND = 1_000_000_000L;

    private final DtlsRecordGuard guard = new DtlsRecordGuard(0);

    private DtlsFilter check(ByteBuffer datagram) {
        return guard.check(datagram, 0);
    }

    @Nested
    @DisplayName("lets pass")
    class Passes {
        @Test
        @DisplayName(
                "a whole message, and several records in one datagram, leaving the buffer alone")
        void wholeMessages() {
            ByteBuffer datagram =
                    join(
                            record(HANDSHAKE, 0, 0, fragment(CERTIFICATE, 3, 0, 0, new byte[3])),
                            record(HANDSHAKE, 0, 1, fragment(16, 5, 1, 0, new byte[5])),
                            record(CHANGE_CIPHER_SPEC, 0, 2, new byte[] {1}),
                            record(HANDSHAKE, 1, 0, new byte[40]));
            assertThat(check(datagram)).isEqualTo(DtlsFilter.PASSED);
            assertThat(datagram.position()).isZero();
            assertThat(datagram.remaining()).isEqualTo(28 + 30 + 14 + 53);
        }

        @Test
        @DisplayName("fragments of one message in any order, and the same one again")
        void fragments() {
            assertThat(check(handshake(CLIENT_HELLO, 100, 0, 50, new byte[50])))
                    .isEqualTo(DtlsFilter.PASSED);
            assertThat(check(handshake(CLIENT_HELLO, 100, 0, 0, new byte[50])))
                    .isEqualTo(DtlsFilter.PASSED);
            assertThat(check(handshake(CLIENT_HELLO, 100, 0, 0, new byte[50])))
                    .isEqualTo(DtlsFilter.PASSED);
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {
        @Test
        @DisplayName("a message that claims more than 16 KiB, and takes one of exactly that")
        void longMessages() {
            int max = DtlsRecordGuard.MESSAGE_BYTES_MAX;
            assertThat(check(handshake(CLIENT_HELLO, max + 1, 0, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.MESSAGE_TOO_LONG);
            assertThat(check(handshake(CLIENT_HELLO, max, 0, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.PASSED);
        }

        @Test
        @DisplayName("the fifth message of 16 KiB: 64 KiB are claimed")
        void longHandshakes() {
            int max = DtlsRecordGuard.MESSAGE_BYTES_MAX;
            for (int i = 0; i < 4; i++) {
                assertThat(check(handshake(CERTIFICATE, max, i, 0, new byte[1])))
                        .isEqualTo(DtlsFilter.PASSED);
            }
            assertThat(check(handshake(CERTIFICATE, max, 4, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.HANDSHAKE_TOO_LONG);
        }

        @Test
        @DisplayName("a message more than eight ahead of those seen")
        void farAhead() {
            assertThat(check(handshake(CERTIFICATE, 1, 8, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.SEQUENCE_AHEAD);
            assertThat(check(handshake(CERTIFICATE, 1, 7, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.PASSED);
            assertThat(check(handshake(CERTIFICATE, 1, 15, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.PASSED);
            assertThat(check(handshake(CERTIFICATE, 1, 16, 0, new byte[1])))
                    .isEqualTo(DtlsFilter.SEQUENCE_AHEAD);
        }

        @Test
        @DisplayName("a fragment beyond its message or its record")
        void badFragments() {
            assertThat(check(handshake(CLIENT_HELLO, 10, 0, 6, new byte[5])))
                    .isEqualTo(DtlsFilter.BAD_FRAGMENT);
            byte[] longer = fragment(CLIENT_HELLO, 100, 0, 0, new byte[10]);
            longer[11] = 11;
            assertThat(check(ByteBuffer.wrap(record(HANDSHAKE, 0, 0, longer))))
                    .isEqualTo(DtlsFilter.BAD_FRAGMENT);
            assertThat(check(ByteBuffer.wrap(record(HANDSHAKE, 0, 0, new byte[11]))))
                    .isEqualTo(DtlsFilter.BAD_FRAGMENT);
        }

        @Test
        @DisplayName("two fragments that disagree on the message's length or type")
        void contradictions() {
            assertThat(check(handshake(CLIENT_HELLO, 10, 0, 0, new byte[5])))
                    .isEqualTo(DtlsFilter.PASSED);
            assertThat(check(handshake(CLIENT_HELLO, 11, 0, 5, new byte[5])))
                    .isEqualTo(DtlsFilter.CONTRADICTION);
            assertThat(check(handshake(CERTIFICATE, 10, 0, 5, new byte[5])))
                    .isEqualTo(DtlsFilter.CONTRADICTION);
        }

        @Test
        @DisplayName("records that reach beyond the datagram, are empty, or stop in their header")
        void badRecords() {
            byte[] record = record(HANDSHAKE, 1, 0, new byte[20]);
            assertThat(check(ByteBuffer.wrap(record, 0, 32)))
                    .isEqualTo(DtlsFilter.BAD_RECORD_LENGTH);
            assertThat(check(ByteBuffer.wrap(record, 0, 12)))
                    .isEqualTo(DtlsFilter.BAD_RECORD_LENGTH);
            assertThat(check(ByteBuffer.allocate(0))).isEqualTo(DtlsFilter.BAD_RECORD_LENGTH);
            assertThat(check(ByteBuffer.wrap(record(HANDSHAKE, 1, 0, new byte[0]))))
                    .isEqualTo(DtlsFilter.BAD_RECORD_LENGTH);
        }

        @Test
        @DisplayName("other content types, other versions, and data before encryption")
        void badTypes() {
            assertThat(check(ByteBuffer.wrap(record(24, 1, 0, new byte[3]))))
                    .isEqualTo(DtlsFilter.BAD_RECORD_TYPE);
            byte[] tls = record(HANDSHAKE, 1, 0, new byte[3]);
            tls[1] = 3;
            assertThat(check(ByteBuffer.wrap(tls))).isEqualTo(DtlsFilter.BAD_RECORD_TYPE);
            assertThat(check(ByteBuffer.wrap(record(APPLICATION_DATA, 0, 0, new byte[3]))))
                    .isEqualTo(DtlsFilter.BAD_RECORD_TYPE);
        }

        @Test
        @DisplayName("an alert in the clear, which it only remembers")
        void clearAlerts() {
            assertThat(guard.lastClearAlert()).isEmpty();
            assertThat(check(clearAlert(40))).isEqualTo(DtlsFilter.ALERT_IN_CLEAR);
            assertThat(guard.lastClearAlert()).hasValue(40);
            assertThat(check(ByteBuffer.wrap(record(21, 1, 0, new byte[30]))))
                    .isEqualTo(DtlsFilter.PASSED);
        }
    }

    @Nested
    @DisplayName("counts")
    class Counts {
        private DtlsFilter one(long nowNanos) {
            return guard.check(ByteBuffer.wrap(record(HANDSHAKE, 1, 0, new byte[40])), nowNanos);
        }

        @Test
        @DisplayName("records a second, and begins anew with the next")
        void perSecond() {
            for (int i = 0; i < DtlsRecordGuard.RECORDS_PER_SECOND_MAX; i++) {
                assertThat(one(0)).isEqualTo(DtlsFilter.PASSED);
            }
            assertThat(one(SECOND - 1)).isEqualTo(DtlsFilter.TOO_MANY_RECORDS);
            assertThat(one(SECOND)).isEqualTo(DtlsFilter.PASSED);
        }

        @Test
        @DisplayName("records of one handshake, until it is established")
        void perHandshake() {
            for (int i = 0; i < DtlsRecordGuard.RECORDS_PER_HANDSHAKE_MAX; i++) {
                assertThat(one(i * SECOND / 50)).isEqualTo(DtlsFilter.PASSED);
            }
            assertThat(one(100 * SECOND)).isEqualTo(DtlsFilter.TOO_MANY_RECORDS);
            guard.established();
            assertThat(one(200 * SECOND)).isEqualTo(DtlsFilter.TOO_MANY_RECORDS);
        }

        @Test
        @DisplayName("nothing against an established peer but its rate")
        void established() {
            guard.established();
            for (int i = 0; i < 10 * DtlsRecordGuard.RECORDS_PER_HANDSHAKE_MAX; i++) {
                assertThat(one(i * SECOND / 50)).isEqualTo(DtlsFilter.PASSED);
            }
        }
    }

    @Test
    @DisplayName("never throws, whatever the bytes (200,000 mutations, seed printed)")
    void neverThrows() {
        RandomGenerator random = Seed.printed("DtlsRecordGuardTest").random();
        byte[] hello = record(HANDSHAKE, 0, 0, fragment(CLIENT_HELLO, 120, 0, 0, new byte[120]));
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = hello.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(Math.min(40, bytes.length))] = (byte) random.nextInt();
            }
            ByteBuffer datagram = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
            assertThat(guard.check(datagram, i * SECOND / 10)).isNotNull();
        }
    }
}
