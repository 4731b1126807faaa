package io.jackfield.loadtool.media;

import io.jackfield.loadtool.phone.PhoneMedia;
import io.jackfield.loadtool.trunk.TrunkMedia;
import io.jackfield.media.dtls.DtlsCertificate;
import io.jackfield.media.dtls.DtlsEngine;
import io.jackfield.media.dtls.DtlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What all media of a run share: the loop, the figures, one certificate.
 *
 * <p>Thread-safety: public methods on any thread; the rest on the loop, but for those that say
 * otherwise.
 */
public final class MediaHost implements AutoCloseable {
    /** The largest packet, and room behind it for a tag. */
    private static final int PACKET_BYTES = 1_100;

    private static final String ALPHABET =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final FrameLoop loop;
    private final DtlsEngine dtls;
    private final SecureRandom secure;
    private final Random random;
    private final Hearing hearing;
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);

    /** Who talk with each other, by the number that was dialled. */
    private final Map<String, Ends> ends = new HashMap<>();

    /** Both ends of a call, as far as they are there. */
    private static final class Ends {
        private Optional<Talker> phone = Optional.empty();
        private Optional<Talker> trunk = Optional.empty();
    }

    /** One end: what it says, and what it hears. */
    private record End(Talker talker, Ears ears) {}

    private MediaHost(
            FrameLoop loop, DtlsEngine dtls, SecureRandom secure, Random random, Payload payload) {
        this.loop = loop;
        this.dtls = dtls;
        this.secure = secure;
        this.random = random;
        this.hearing =
                switch (payload) {
                    case NUMBERS -> Hearing.ofNumbers(secure.nextInt());
                    case SOUND -> new Hearing(0, new Voice.Sounding(new MarkedSound()));
                };
    }

    /**
     * @param seed of all that decides when something happens; names and keys never repeat
     * @throws IOException in words, where this system cannot do it
     */
    public static MediaHost start(long seed, Payload payload) throws IOException {
        SecureRandom secure = new SecureRandom();
        DtlsCertificate certificate = DtlsCertificate.generate(secure, Instant.now());
        return new MediaHost(
                FrameLoop.start(),
                new DtlsEngine(certificate, DtlsSettings.DEFAULT, secure),
                secure,
                new Random(seed),
                payload);
    }

    /**
     * A phone's media for one call; waits for the loop.
     *
     * @param bind address of this machine; port 0 for any
     * @param dialled where it calls a trunk that is played here, as that will hear it
     * @param way whom the phone talks to
     * @throws IOException when no socket can be had
     */
    public PhoneMedia phone(InetSocketAddress bind, String dialled, Way way, MediaClock times)
            throws IOException {
        End end = onLoop(() -> phoneEnd(dialled, way));
        return new BrowserMedia(this, bind, end.talker(), end.ears(), times);
    }

    private End phoneEnd(String dialled, Way way) {
        Talker talker = hearing.talker(way, secure.nextInt());
        if (way != Way.TO_TRUNK) {
            return new End(talker, hearing.ears(() -> Optional.of(talker)));
        }
        Ends both = ends.computeIfAbsent(dialled, _ -> new Ends());
        both.phone = Optional.of(talker);
        return new End(talker, hearing.ears(() -> both.trunk));
    }

    /**
     * A trunk's media for one call; waits for the loop.
     *
     * @param address of this machine
     * @param dialled as the PBX has called
     * @throws IOException when no sockets can be had
     */
    public TrunkMedia trunk(InetAddress address, String dialled) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(address, 0);
        End end = onLoop(() -> trunkEnd(dialled));
        return PlainMedia.open(this, anyPort, end.talker(), end.ears());
    }

    private End trunkEnd(String dialled) {
        Talker talker = hearing.talker(Way.FROM_TRUNK, secure.nextInt());
        Ends both = ends.computeIfAbsent(dialled, _ -> new Ends());
        both.trunk = Optional.of(talker);
        return new End(talker, hearing.ears(() -> both.phone));
    }

    /** That one talks no more. */
    void gone(Talker talker) {
        hearing.gone(talker);
        Optional<Talker> one = Optional.of(talker);
        ends.values().removeIf(e -> e.phone.equals(one));
    }

    private <T> T onLoop(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.post(_ -> answer.complete(question.get()));
        return answer.join();
    }

    /** What is sent from now on is counted, and nothing that was before. */
    public void openWindow() {
        loop.post(_ -> hearing.openWindow());
    }

    /** What is sent from now on is not counted; what was sent before still is, when it is heard. */
    public void closeWindow() {
        loop.post(_ -> hearing.closeWindow());
    }

    /** Of the window; once for each. */
    public MediaFigures figures() {
        return onLoop(() -> hearing.figures(loop.sendFailures()));
    }

    FrameLoop loop() {
        return loop;
    }

    DtlsEngine dtls() {
        return dtls;
    }

    Hearing hearing() {
        return hearing;
    }

    Random random() {
        return random;
    }

    /** A place on the wheel; phones begin whenever people do. */
    int place() {
        return random.nextInt(FrameWheel.PLACES);
    }

    /** For one packet at a time. */
    ByteBuffer packet() {
        return packet;
    }

    /** That many random characters, as ICE and RTCP take them. Any thread. */
    String name(int length) {
        StringBuilder characters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            characters.append(ALPHABET.charAt(secure.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }

    @Override
    public void close() {
        loop.close();
    }
}
