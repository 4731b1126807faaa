package io.jackfield.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.SharedCorpora;
import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import io.jackfield.protocol.stun.StunTransactionId;
import io.jackfield.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("ICE lite agent (RFC 8445 §7.3, RFC 7675)")
class IceLiteAgentTest {
    private static final IceCredentials OURS = new IceCredentials("ours", "our+password/of22chars");
    private static final IceCredentials THEIRS =
            new IceCredentials("theirs", "their+password+22chars");
    private static final IceCredentials OUR_NEXT =
            new IceCredentials("our2", "our+next+password+22ch");
    private static final IceCredentials THEIR_NEXT =
            new IceCredentials("their2", "their+next+password+22");

    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 10000);
    private static final InetSocketAddress WIFI = new InetSocketAddress("198.51.100.7", 40001);
    private static final InetSocketAddress LTE = new InetSocketAddress("2001:db8::7", 40002);
    private static final StunTransactionId ID = new StunTransactionId(1, 2);
    private static final StunAttribute CONTROLLING = new StunAttribute.IceControlling(9);
    private static final StunAttribute NOMINATES = new StunAttribute.UseCandidate();
    private static final long SECOND = 1_000_000_000L;

    /** Close to where {@code System.nanoTime} may wrap, which must not matter. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final IceLiteAgent agent = new IceLiteAgent(OURS, Optional.of(THEIRS));
    private final ByteBuffer reply = ByteBuffer.allocate(IceLiteAgent.REPLY_BYTES_MAX);

    private static StunPacket parsed(ByteBuffer bytes) {
        return ((StunParse.Received) StunParser.parse(bytes)).packet();
    }

    private static StunPacket request(
            String username, String password, StunAttribute... attributes) {
        List<StunAttribute> all = new ArrayList<>();
        all.add(new StunAttribute.Username(username));
        all.addAll(List.of(attributes));
        ByteBuffer out = ByteBuffer.allocate(600);
        StunWriter.write(
                new StunMessage(StunClass.REQUEST, StunMessage.BINDING, ID, all),
                StunKey.shortTerm(password),
                out);
        return parsed(out.flip());
    }

    private static StunPacket check(StunAttribute... attributes) {
        return request("ours:theirs", OURS.password(), attributes);
    }

    private IceOutcome handle(StunPacket packet, InetSocketAddress from, long nowNanos) {
        return agent.handle(packet, LOCAL, from, reply, nowNanos);
    }

    private StunMessage replied() {
        StunPacket packet = parsed(reply);
        assertThat(packet.hasFingerprint()).isTrue();
        assertThat(packet.provenBy(StunKey.shortTerm(OURS.password()))).isTrue();
        assertThat(packet.message().transactionId()).isEqualTo(ID);
        return packet.message();
    }

    @Nested
    @DisplayName("a verified check")
    class Verified {
        @Test
        @DisplayName("is answered with the address it came from, and makes that valid (§7.3.1.3)")
        void success() {
            assertThat(handle(check(CONTROLLING), WIFI, START)).isEqualTo(IceOutcome.ANSWERED);

            assertThat(replied())
                    .isEqualTo(
                            StunMessage.binding(
                                    StunClass.SUCCESS,
                                    ID,
                                    new StunAttribute.XorMappedAddress(WIFI)));
            assertThat(agent.accepts(LOCAL, WIFI)).isTrue();
            assertThat(agent.accepts(LOCAL, LTE)).isFalse();
            assertThat(agent.accepts(WIFI, LOCAL)).isFalse();
            assertThat(agent.validAddresses()).containsExactly(WIFI);
            assertThat(agent.selectedPair()).isEmpty();
        }

        @Test
        @DisplayName("that nominates selects its pair; the last nomination counts (§7.3.1.5)")
        void nomination() {
            assertThat(handle(check(CONTROLLING, NOMINATES), WIFI, START))
                    .isEqualTo(IceOutcome.NOMINATED);
            assertThat(handle(check(CONTROLLING, NOMINATES), WIFI, START))
                    .isEqualTo(IceOutcome.ANSWERED);
            assertThat(handle(check(CONTROLLING), LTE, START)).isEqualTo(IceOutcome.ANSWERED);
            assertThat(agent.selectedPair()).contains(new IcePair(LOCAL, WIFI));

            assertThat(handle(check(CONTROLLING, NOMINATES), LTE, START))
                    .isEqualTo(IceOutcome.NOMINATED);
            assertThat(agent.selectedPair()).contains(new IcePair(LOCAL, LTE));
            assertThat(agent.validAddresses()).containsExactly(WIFI, LTE);
        }

        @Test
        @DisplayName("that claims the controlled role gets 487 and no valid pair (§7.3.1.1)")
        void roleConflict() {
            StunPacket packet = check(new StunAttribute.IceControlled(-1), NOMINATES);

            assertThat(handle(packet, WIFI, START)).isEqualTo(IceOutcome.ROLE_CONFLICT);
            assertThat(replied().first(StunAttribute.ErrorCode.class))
                    .contains(new StunAttribute.ErrorCode(487, ""));
            assertThat(agent.validAddresses()).isEmpty();
        }

        @Test
        @DisplayName("with attributes that must be understood gets 420 (RFC 8489 §6.3.1)")
        void notUnderstood() {
            StunPacket packet =
                    withRawAttribute(check(CONTROLLING, NOMINATES), 0x7abc, OURS.password());

            assertThat(handle(packet, WIFI, START)).isEqualTo(IceOutcome.NOT_UNDERSTOOD);
            assertThat(replied().attributes())
                    .containsExactly(
                            new StunAttribute.ErrorCode(420, ""),
                            new StunAttribute.UnknownAttributes(List.of(0x7abc)));
            assertThat(agent.validAddresses()).isEmpty();
        }

        /** Writes a nonce, then turns its type into another and proves the message anew. */
        private StunPacket withRawAttribute(StunPacket packet, int type, String password) {
            List<StunAttribute> all = new ArrayList<>(packet.message().attributes());
            all.add(0, new StunAttribute.Nonce("abcd"));
            ByteBuffer draft = ByteBuffer.allocate(600);
            StunMessage message = new StunMessage(StunClass.REQUEST, StunMessage.BINDING, ID, all);
            StunWriter.write(message, StunKey.shortTerm(password), draft);
            draft.flip().putShort(20, (short) type);
            return reproven(draft, password);
        }

        private StunPacket reproven(ByteBuffer draft, String password) {
            try {
                int integrityAt = draft.limit() - 8 - 24;
                javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA1");
                mac.init(new javax.crypto.spec.SecretKeySpec(password.getBytes(), "HmacSHA1"));
                draft.putShort(2, (short) (integrityAt + 24 - 20));
                mac.update(draft.array(), 0, integrityAt);
                draft.put(integrityAt + 4, mac.doFinal());
                draft.putShort(2, (short) (draft.limit() - 20));
                java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                crc.update(draft.array(), 0, draft.limit() - 8);
                draft.putInt(draft.limit() - 4, (int) crc.getValue() ^ 0x5354554e);
                return parsed(draft);
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        @DisplayName("never earns an answer longer than 1.2 times itself")
        void noAmplification() {
            List<StunPacket> shortest =
                    List.of(
                            request("ours:theirs", OURS.password()),
                            request(
                                    "ours:theirs",
                                    OURS.password(),
                                    new StunAttribute.IceControlled(1)),
                            withRawAttribute(
                                    request("ours:theirs", OURS.password()),
                                    0x7abc,
                                    OURS.password()));
            for (StunPacket packet : shortest) {
                handle(packet, LTE, START);
                assertThat(reply.remaining()).isPositive();
                assertThat(reply.remaining() * 10).isLessThanOrEqualTo(packet.length() * 12);
            }
        }

        @Test
        @DisplayName("from ever more addresses leaves the 32 latest, and the selected pair")
        void bounded() {
            handle(check(CONTROLLING, NOMINATES), WIFI, START);
            for (int port = 1; port <= 100; port++) {
                InetSocketAddress from = new InetSocketAddress("203.0.113.9", port);
                handle(check(CONTROLLING), from, START + port);
            }
            assertThat(agent.validAddresses())
                    .hasSize(IceLiteAgent.PAIRS_MAX)
                    .contains(WIFI, new InetSocketAddress("203.0.113.9", 100))
                    .doesNotContain(new InetSocketAddress("203.0.113.9", 69));
            assertThat(agent.accepts(LOCAL, WIFI)).isTrue();
        }
    }

    @Nested
    @DisplayName("a stranger's packet")
    class Strangers {
        @Test
        @DisplayName("earns no answer and makes nothing valid, whatever is wrong with it")
        void dropped() {
            dropped(request("ours:theirs", THEIRS.password()), IceOutcome.BAD_INTEGRITY);
            dropped(request("ours:other", OURS.password()), IceOutcome.UNKNOWN_USERNAME);
            dropped(request("ours", OURS.password()), IceOutcome.UNKNOWN_USERNAME);
            dropped(request("oursx:theirs", OURS.password()), IceOutcome.UNKNOWN_USERNAME);
            dropped(request("theirs:ours", OURS.password()), IceOutcome.UNKNOWN_USERNAME);
            dropped(unproven("ours:theirs"), IceOutcome.NO_CREDENTIALS);
            dropped(withoutUsername(), IceOutcome.NO_CREDENTIALS);
            dropped(withoutFingerprint(), IceOutcome.NO_FINGERPRINT);
            dropped(of(StunClass.INDICATION, StunMessage.BINDING), IceOutcome.INDICATION);
            dropped(of(StunClass.SUCCESS, StunMessage.BINDING), IceOutcome.UNEXPECTED);
            dropped(of(StunClass.ERROR, StunMessage.BINDING), IceOutcome.UNEXPECTED);
            dropped(of(StunClass.REQUEST, 3), IceOutcome.UNEXPECTED);
        }

        private void dropped(StunPacket packet, IceOutcome expected) {
            assertThat(handle(packet, WIFI, START)).isEqualTo(expected);
            assertThat(expected.verified()).isFalse();
            assertThat(reply.hasRemaining()).isFalse();
            assertThat(agent.validAddresses()).isEmpty();
            assertThat(agent.deadlineNanos()).isEmpty();
        }

        private StunPacket unproven(String username) {
            ByteBuffer out = ByteBuffer.allocate(600);
            StunWriter.writeUnproven(
                    StunMessage.binding(
                            StunClass.REQUEST, ID, new StunAttribute.Username(username)),
                    out);
            return parsed(out.flip());
        }

        private StunPacket withoutUsername() {
            ByteBuffer out = ByteBuffer.allocate(600);
            StunWriter.write(
                    StunMessage.binding(StunClass.REQUEST, ID, CONTROLLING),
                    StunKey.shortTerm(OURS.password()),
                    out);
            return parsed(out.flip());
        }

        private StunPacket withoutFingerprint() {
            ByteBuffer out = ByteBuffer.allocate(600);
            StunWriter.writeWithoutFingerprint(
                    StunMessage.binding(
                            StunClass.REQUEST, ID, new StunAttribute.Username("ours:theirs")),
                    StunKey.shortTerm(OURS.password()),
                    out);
            return parsed(out.flip());
        }

        private StunPacket of(StunClass messageClass, int method) {
            ByteBuffer out = ByteBuffer.allocate(600);
            StunWriter.write(
                    new StunMessage(
                            messageClass,
                            method,
                            ID,
                            List.of(new StunAttribute.Username("ours:theirs"))),
                    StunKey.shortTerm(OURS.password()),
                    out);
            return parsed(out.flip());
        }

        @Test
        @DisplayName("of RFC 5769's negatives makes nothing valid, though user and key are right")
        void negatives() {
            IceLiteAgent victim =
                    new IceLiteAgent(
                            new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBt"), Optional.empty());
            List<Map<String, String>> negatives =
                    SharedCorpora.vectors("stun/rfc5769.json", "negative_built_from_2_1");
            for (Map<String, String> negative : negatives) {
                byte[] bytes = java.util.HexFormat.of().parseHex(negative.get("hex"));
                if (StunParser.parse(ByteBuffer.wrap(bytes))
                        instanceof StunParse.Received(var packet)) {
                    IceOutcome outcome = victim.handle(packet, LOCAL, WIFI, reply, START);
                    assertThat(outcome.verified()).as(negative.get("what")).isFalse();
                    assertThat(reply.hasRemaining()).isFalse();
                }
            }
            assertThat(victim.validAddresses()).isEmpty();
        }
    }

    @Nested
    @DisplayName("consent (RFC 7675)")
    class Consent {
        @Test
        @DisplayName("runs out 30 s after the last check, and sending stops (§5.1)")
        void expires() {
            assertThat(agent.deadlineNanos()).isEmpty();
            handle(check(CONTROLLING, NOMINATES), WIFI, START);
            handle(check(CONTROLLING), WIFI, START + 5 * SECOND);
            assertThat(agent.deadlineNanos()).isEqualTo(OptionalLong.of(START + 35 * SECOND));

            assertThat(agent.handleTimeout(START + 35 * SECOND - 1)).isFalse();
            assertThat(agent.selectedPair()).isPresent();

            assertThat(agent.handleTimeout(START + 35 * SECOND)).isTrue();
            assertThat(agent.selectedPair()).isEmpty();
            assertThat(agent.accepts(LOCAL, WIFI)).isFalse();
            assertThat(agent.consentExpired()).isTrue();
            assertThat(agent.deadlineNanos()).isEmpty();
        }

        @Test
        @DisplayName("comes back with a later nomination, e.g. after a laptop's sleep")
        void comesBack() {
            handle(check(CONTROLLING, NOMINATES), WIFI, START);
            agent.handleTimeout(START + 40 * SECOND);
            handle(check(CONTROLLING), WIFI, START + 50 * SECOND);
            assertThat(agent.consentExpired()).isTrue();

            assertThat(handle(check(CONTROLLING, NOMINATES), WIFI, START + 51 * SECOND))
                    .isEqualTo(IceOutcome.NOMINATED);
            assertThat(agent.consentExpired()).isFalse();
            assertThat(agent.selectedPair()).contains(new IcePair(LOCAL, WIFI));
        }

        @Test
        @DisplayName("of another pair than the selected one runs out without a word")
        void otherPair() {
            handle(check(CONTROLLING), LTE, START);
            handle(check(CONTROLLING, NOMINATES), WIFI, START + SECOND);
            assertThat(agent.deadlineNanos()).isEqualTo(OptionalLong.of(START + 30 * SECOND));

            assertThat(agent.handleTimeout(START + 30 * SECOND)).isFalse();
            assertThat(agent.validAddresses()).containsExactly(WIFI);
            assertThat(agent.consentExpired()).isFalse();
        }
    }

    @Nested
    @DisplayName("ICE restart (§9)")
    class Restart {
        private StunPacket next(StunAttribute... attributes) {
            return request("our2:their2", OUR_NEXT.password(), attributes);
        }

        @Test
        @DisplayName("takes old and new credentials until the first check with the new")
        void bothThenOnlyNew() {
            handle(check(CONTROLLING, NOMINATES), WIFI, START);
            agent.restart(OUR_NEXT, Optional.of(THEIR_NEXT));
            assertThat(agent.localUfrags()).containsExactly("our2", "ours");
            assertThat(agent.selectedPair()).contains(new IcePair(LOCAL, WIFI));
            assertThat(handle(check(CONTROLLING), WIFI, START)).isEqualTo(IceOutcome.ANSWERED);

            assertThat(handle(next(CONTROLLING, NOMINATES), LTE, START))
                    .isEqualTo(IceOutcome.NOMINATED);
            assertThat(parsed(reply).provenBy(StunKey.shortTerm(OUR_NEXT.password()))).isTrue();
            assertThat(agent.localUfrags()).containsExactly("our2");
            assertThat(agent.selectedPair()).contains(new IcePair(LOCAL, LTE));
            assertThat(handle(check(CONTROLLING), WIFI, START))
                    .isEqualTo(IceOutcome.UNKNOWN_USERNAME);
        }

        @Test
        @DisplayName("mixes no generation's name with the other's password")
        void noMixing() {
            agent.restart(OUR_NEXT, Optional.of(THEIR_NEXT));

            assertThat(handle(request("our2:their2", OURS.password()), WIFI, START))
                    .isEqualTo(IceOutcome.BAD_INTEGRITY);
            assertThat(handle(request("our2:theirs", OUR_NEXT.password()), WIFI, START))
                    .isEqualTo(IceOutcome.UNKNOWN_USERNAME);
        }

        @Test
        @DisplayName("twice without a check in between keeps those that work")
        void twice() {
            agent.restart(new IceCredentials("lost", "lost+in+glare+password"), Optional.empty());
            agent.restart(OUR_NEXT, Optional.of(THEIR_NEXT));

            assertThat(agent.localUfrags()).containsExactly("our2", "ours");
            assertThat(handle(check(CONTROLLING), WIFI, START)).isEqualTo(IceOutcome.ANSWERED);
        }
    }

    @Test
    @DisplayName("answers checks that overtake the peer's answer, and then checks its ufrag too")
    void beforeTheAnswer() {
        IceLiteAgent offering = new IceLiteAgent(OURS, Optional.empty());
        StunPacket fromAnybody = request("ours:other", OURS.password());
        assertThat(offering.handle(fromAnybody, LOCAL, WIFI, reply, START))
                .isEqualTo(IceOutcome.ANSWERED);

        offering.remote(THEIRS);
        assertThat(offering.handle(fromAnybody, LOCAL, WIFI, reply, START))
                .isEqualTo(IceOutcome.UNKNOWN_USERNAME);
        assertThat(offering.handle(check(), LOCAL, WIFI, reply, START))
                .isEqualTo(IceOutcome.ANSWERED);
    }

    @Test
    @DisplayName("is found by the first part of USERNAME (§7.2.2)")
    void addressedUfrag() {
        assertThat(IceLiteAgent.addressedUfrag(check())).contains("ours");
        assertThat(IceLiteAgent.addressedUfrag(request(":theirs", "p"))).isEmpty();
        assertThat(IceLiteAgent.addressedUfrag(request("ours", "p"))).isEmpty();
    }

    @Test
    @DisplayName("goes on on another node: pairs, nomination, consent, credentials of a restart")
    void takeover() {
        handle(check(CONTROLLING), LTE, START);
        handle(check(CONTROLLING, NOMINATES), WIFI, START + 2 * SECOND);
        agent.restart(OUR_NEXT, Optional.of(THEIR_NEXT));
        IceState state = agent.exportState(START + 5 * SECOND);

        long there = -77 * SECOND;
        IceLiteAgent successor = IceLiteAgent.restore(state, there);
        assertThat(successor.exportState(there)).isEqualTo(state);
        assertThat(successor.selectedPair()).contains(new IcePair(LOCAL, WIFI));
        assertThat(successor.accepts(LOCAL, LTE)).isTrue();
        assertThat(successor.deadlineNanos()).isEqualTo(OptionalLong.of(there + 25 * SECOND));
        assertThat(successor.handle(check(CONTROLLING), LOCAL, WIFI, reply, there))
                .isEqualTo(IceOutcome.ANSWERED);
        assertThat(state.toString())
                .doesNotContain(OURS.password())
                .doesNotContain(OUR_NEXT.password())
                .doesNotContain(THEIR_NEXT.password());
    }

    @Test
    @DisplayName("credentials are ice-chars of the right length (RFC 8839 §5.4)")
    void credentials() {
        for (String[] bad :
                List.of(
                        new String[] {"abc", OURS.password()},
                        new String[] {"ab:d", OURS.password()},
                        new String[] {"abcd", "too-short"},
                        new String[] {"abcd", "with space in password"},
                        new String[] {"a".repeat(257), OURS.password()})) {
            assertThatThrownBy(() -> new IceCredentials(bad[0], bad[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
