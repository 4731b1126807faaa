package io.jackfield.media.client;

import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.dtls.DtlsCertificate;
import io.jackfield.media.dtls.DtlsEngine;
import io.jackfield.media.dtls.DtlsSettings;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.media.socket.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What many headless phones share: a loop, a certificate and the clock.
 *
 * <p>Thread-safety: any thread.
 */
public final class HeadlessHost implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 1 << 18;

    private final MediaLoop loop;
    private final DtlsEngine dtls;
    private final SecureRandom random;
    private final InstantSource wallClock;

    /** Of all phones: to look for libopus takes a while. */
    private final SpeechCodecs codecs = SpeechCodecs.best();

    private HeadlessHost(
            MediaLoop loop, DtlsEngine dtls, SecureRandom random, InstantSource wallClock) {
        this.loop = loop;
        this.dtls = dtls;
        this.random = random;
        this.wallClock = wallClock;
    }

    public static HeadlessHost start() throws IOException {
        return start(DtlsSettings.DEFAULT);
    }

    public static HeadlessHost start(DtlsSettings settings) throws IOException {
        SecureRandom random = new SecureRandom();
        InstantSource wallClock = InstantSource.system();
        DtlsCertificate certificate = DtlsCertificate.generate(random, wallClock.instant());
        return new HeadlessHost(
                MediaLoop.start("headless"),
                new DtlsEngine(certificate, settings, random),
                random,
                wallClock);
    }

    /**
     * A phone on a socket of its own.
     *
     * @param bind to send from and listen on; port 0 for any
     */
    public HeadlessMedia open(InetSocketAddress bind) throws IOException {
        UdpSocket socket = UdpSocket.bind(bind, SOCKET_BUFFER_BYTES);
        HeadlessMedia phone = new HeadlessMedia(loop, dtls, socket, random, wallClock, codecs);
        phone.listen();
        return phone;
    }

    /** The same on any port of the loopback. */
    public HeadlessMedia open() throws IOException {
        return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void close() {
        loop.close();
        loop.awaitEnd();
    }
}
