package io.jackfield.media.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegParameters.SourceRule;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Whose packets a trunk leg takes")
class PlainTransportTest {
    private static final InetSocketAddress RTP = new InetSocketAddress("192.0.2.10", 4_000);
    private static final InetSocketAddress RTCP = new InetSocketAddress("192.0.2.10", 4_001);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.66", 4_000);
    private static final InetSocketAddress NAT = new InetSocketAddress("203.0.113.4", 31_000);
    private static final InetSocketAddress NAT_RTCP = new InetSocketAddress("203.0.113.4", 31_007);

    private final PlainTransport transport = new PlainTransport();

    @Test
    @DisplayName("nobody's before the other side is known, and nothing is sent")
    void unknown() {
        assertThat(transport.acceptsRtp(RTP)).isFalse();
        assertThat(transport.acceptsRtcp(RTCP)).isFalse();
        assertThat(transport.rtpTarget()).isEmpty();
    }

    @Nested
    @DisplayName("by the signalled address")
    class Signalled {
        Signalled() {
            transport.remote(RTP, RTCP, SourceRule.SIGNALLED);
        }

        @Test
        @DisplayName("that address and port alone, for RTP and RTCP each")
        void exactly() {
            assertThat(transport.acceptsRtp(RTP)).isTrue();
            assertThat(transport.acceptsRtcp(RTCP)).isTrue();
            assertThat(transport.acceptsRtp(RTCP)).isFalse();
            assertThat(transport.acceptsRtcp(RTP)).isFalse();
            assertThat(transport.acceptsRtp(OTHER)).isFalse();
            assertThat(transport.acceptsRtcp(OTHER)).isFalse();
        }

        @Test
        @DisplayName("another after a re-INVITE, and the old one no more")
        void moved() {
            transport.remote(OTHER, RTCP, SourceRule.SIGNALLED);
            assertThat(transport.acceptsRtp(RTP)).isFalse();
            assertThat(transport.acceptsRtp(OTHER)).isTrue();
            assertThat(transport.rtpTarget()).contains(OTHER);
        }
    }

    @Nested
    @DisplayName("by the first packets, where the trunk is configured so")
    class Latched {
        Latched() {
            transport.remote(RTP, RTCP, SourceRule.LATCHED);
        }

        private void packets(InetSocketAddress from, int count) {
            for (int i = 0; i < count; i++) {
                assertThat(transport.acceptsRtp(from)).isTrue();
                transport.acceptedRtp(from);
            }
        }

        @Test
        @DisplayName("the source of the fifth, from then on alone")
        void fifth() {
            packets(OTHER, 2);
            assertThat(transport.rtpTarget()).contains(OTHER);
            packets(NAT, 3);
            assertThat(transport.rtpTarget()).contains(NAT);
            assertThat(transport.acceptsRtp(OTHER)).isFalse();
            assertThat(transport.acceptsRtp(RTP)).isFalse();
            assertThat(transport.acceptsRtp(NAT)).isTrue();
        }

        @Test
        @DisplayName("counts good packets only: noise locks nobody in")
        void noise() {
            for (int i = 0; i < 100; i++) {
                assertThat(transport.acceptsRtp(OTHER)).isTrue();
            }
            packets(NAT, 5);
            assertThat(transport.rtpTarget()).contains(NAT);
        }

        @Test
        @DisplayName("RTCP follows to the same host, once")
        void rtcp() {
            assertThat(transport.acceptsRtcp(NAT_RTCP)).isFalse();
            packets(NAT, 5);
            assertThat(transport.acceptsRtcp(OTHER)).isFalse();
            assertThat(transport.acceptsRtcp(NAT_RTCP)).isTrue();
            assertThat(transport.rtcpTarget()).contains(NAT_RTCP);
            assertThat(transport.acceptsRtcp(new InetSocketAddress("203.0.113.4", 31_008)))
                    .isFalse();
        }

        @Test
        @DisplayName("stays locked when the same is negotiated again, and not when it changes")
        void again() {
            packets(NAT, 5);
            transport.remote(RTP, RTCP, SourceRule.LATCHED);
            assertThat(transport.acceptsRtp(OTHER)).isFalse();
            transport.remote(OTHER, RTCP, SourceRule.LATCHED);
            assertThat(transport.acceptsRtp(NAT)).isTrue();
        }
    }
}
