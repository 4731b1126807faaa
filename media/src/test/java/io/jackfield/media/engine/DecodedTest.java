package io.jackfield.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaRoom;
import io.jackfield.media.QualityReport;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.audio.Supervision;
import io.jackfield.media.prompt.Music;
import io.jackfield.protocol.sdp.Codec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Legs whose sound is decoded, over real sockets")
@Timeout(90)
class DecodedTest {
    private static final double HEARD_DECIBELS = -3;
    private static final double ABSENT_DECIBELS = -25;

    private final MediaBench bench;
    private final Events events = new Events();
    private final List<Hummer> hummers = new ArrayList<>();

    DecodedTest() throws Exception {
        bench = new MediaBench();
    }

    @AfterEach
    void close() {
        hummers.forEach(Hummer::close);
        bench.close();
    }

    private TrunkLeg leg(String id) throws Exception {
        return bench.server.openTrunkLeg(id, InetAddress.getLoopbackAddress(), events);
    }

    private Hummer hummer(double hertz, TrunkLeg leg) throws Exception {
        Hummer hummer = new Hummer(hertz).with(leg);
        hummers.add(hummer);
        return hummer;
    }

    private static boolean hears(Hummer listener, Hummer speaker) {
        return listener.hears(speaker) > HEARD_DECIBELS;
    }

    private static boolean deaf(Hummer listener, Hummer speaker) {
        return listener.hears(speaker) < ABSENT_DECIBELS;
    }

    /** Waits for half a second in which all of that is so at once. */
    private static void sounds(String what, BooleanSupplier so) {
        MediaBench.eventually(what, so);
    }

    @Test
    @DisplayName("a whisper is in the agent's ear alone; a bridge takes both out of the room")
    void whisper() throws Exception {
        TrunkLeg agentLeg = leg("agent");
        TrunkLeg customerLeg = leg("customer");
        TrunkLeg supervisorLeg = leg("supervisor");
        Hummer agent = hummer(500, agentLeg);
        Hummer customer = hummer(900, customerLeg);
        Hummer supervisor = hummer(1_700, supervisorLeg);
        MediaRoom room = bench.server.room();
        room.join(agentLeg, new MediaRoom.Role.Participant(), 0);
        room.join(customerLeg, new MediaRoom.Role.Participant(), 0);
        room.join(supervisorLeg, new MediaRoom.Role.Supervisor(Supervision.WHISPER, agentLeg), 0);
        sounds(
                "a whisper",
                () ->
                        hears(agent, supervisor)
                                && hears(agent, customer)
                                && hears(customer, agent)
                                && deaf(customer, supervisor)
                                && deaf(customer, customer)
                                && hears(supervisor, customer)
                                && hears(supervisor, agent)
                                && deaf(supervisor, supervisor));
        room.join(supervisorLeg, new MediaRoom.Role.Supervisor(Supervision.BARGE, agentLeg), 0);
        sounds("barged in", () -> hears(customer, supervisor) && hears(agent, supervisor));
        bench.server.bridge(agentLeg, customerLeg);
        sounds(
                "back to the bridge",
                () ->
                        hears(agent, customer)
                                && hears(customer, agent)
                                && deaf(agent, supervisor)
                                && deaf(customer, supervisor));
        assertThat(decoded(agentLeg).packets()).isPositive();
        room.close();
    }

    private static LegStatistics.Decoded decoded(MediaLeg leg) {
        return MediaBench.statistics(leg).decoded();
    }

    @Test
    @DisplayName("a browser of Opus alone hears a prompt in Opus")
    void promptInOpus() throws Exception {
        MediaBench.Call browser = bench.call("browser", MediaBench.OPUS).connected();
        bench.server.play(browser.leg, Music.tone(425, 0.3, 600), false);
        browser.reports("the prompt", r -> r.statistics().packets() >= 30);
        MediaBench.eventually(
                "its end", () -> MediaBench.statistics(browser.leg).sent().packets() == 30);
        assertThat(MediaBench.statistics(browser.leg).codec()).contains(Codec.OPUS);
        // A frame of a tone in Opus is far from the 160 bytes of G.711.
        assertThat(MediaBench.statistics(browser.leg).sent().payloadBytes())
                .isBetween(600L, 3_600L);
    }

    @Test
    @DisplayName("a browser of Opus and a trunk of PCMA hear each other")
    void opusAndPcma() throws Exception {
        MediaBench.Call browser = bench.call("browser", MediaBench.OPUS).connected();
        TrunkLeg trunk = leg("trunk");
        Hummer carrier = hummer(600, trunk);
        bench.server.bridge(browser.leg, trunk);
        // The phone's frames are numbers, no Opus: broken payloads are concealed, never fatal.
        browser.phone.talk();
        browser.reports("the carrier", r -> r.statistics().packets() >= 100);
        MediaBench.eventually("the browser", () -> carrier.samplesHeard() >= 100 * 160);
        LegStatistics.Decoded fromBrowser = decoded(browser.leg);
        assertThat(fromBrowser.packets()).isGreaterThan(50);
        LegStatistics.Decoded fromTrunk = decoded(trunk);
        assertThat(fromTrunk.packets()).isGreaterThan(50);
        assertThat(fromTrunk.broken()).isZero();
    }

    @Test
    @DisplayName("the quality echo plays back what was said, and tells what it measured at its end")
    void qualityEcho() throws Exception {
        TrunkLeg leg = leg("trunk");
        Hummer hummer = hummer(700, leg);
        bench.server.qualityEcho(leg);
        sounds("itself", () -> hears(hummer, hummer));
        bench.server.park(leg);
        QualityReport report = events.await(MediaEvent.QualityMeasured.class).report();
        assertThat(report.heard().toMillis()).isGreaterThan(2_000);
        assertThat(report.peakDecibels()).isBetween(-21.0, -17.0);
        assertThat(report.noiseFloorDecibels()).isLessThan(-20.0);
        assertThat(report.clippedShare()).isZero();
        assertThat(report.fromPeer().lost()).isBetween(0.0, 1.0);
        assertThat(report.toPeer()).isEmpty();
    }
}
