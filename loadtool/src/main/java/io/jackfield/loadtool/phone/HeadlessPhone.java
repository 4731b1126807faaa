package io.jackfield.loadtool.phone;

import io.jackfield.media.LegParameters;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.media.client.HeadlessReport;
import io.jackfield.protocol.sdp.LocalMedia;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A phone for one call over the sockets that Java has: it registers, calls a number and talks in
 * numbered frames until it hangs up. For a few phones on any system; many have {@link SipPhone}
 * with the load tool's own media.
 *
 * <p>Thread-safety: any thread.
 */
public final class HeadlessPhone implements AutoCloseable {
    private final SipPhone phone;
    private final HeadlessMedia media;
    private Optional<PhoneCall> call = Optional.empty();

    private HeadlessPhone(SipPhone phone, HeadlessMedia media) {
        this.phone = phone;
        this.media = media;
    }

    /**
     * Connects to the server; blocks.
     *
     * @param local address of this machine from which media goes
     * @throws IOException when no media socket can be had
     * @throws java.util.concurrent.CompletionException when the server cannot be reached
     */
    public static HeadlessPhone connect(
            PhoneAccount account,
            HeadlessHost host,
            InetAddress local,
            OfferedCodec codec,
            HttpClient http,
            URI server)
            throws IOException {
        HeadlessMedia media = host.open(new InetSocketAddress(local, 0));
        return new HeadlessPhone(
                SipPhone.connect(account, PhoneCodecs.preferring(codec), http, server), media);
    }

    /** Registers; completes with the time from REGISTER to its 200, the 401 round included. */
    public CompletableFuture<Duration> register() {
        return phone.register();
    }

    /**
     * Calls; completes with the time from INVITE to its 200, the 401 round included. From then on
     * the phone connects its media, and talks as soon as it can.
     */
    public synchronized CompletableFuture<Duration> call(String number) {
        PhoneCall begun = phone.call(number, new Media());
        call = Optional.of(begun);
        return begun.answered();
    }

    /** Hangs up; completes with the cause once the call has ended, also by the other side. */
    public synchronized CompletableFuture<String> hangUp() {
        media.hush();
        phone.hangUp();
        return call.map(PhoneCall::ended)
                .orElseGet(() -> CompletableFuture.completedFuture("there was no call"));
    }

    public HeadlessMedia media() {
        return media;
    }

    @Override
    public void close() {
        phone.close();
        media.close();
    }

    /** The one media this phone has. */
    private final class Media implements PhoneMedia {
        @Override
        public LocalMedia.WebRtc local() {
            return media.local();
        }

        @Override
        public void apply(LegParameters agreed, OfferedBy offeredBy) {
            media.apply(agreed);
        }

        @Override
        public void talk() {
            media.talk();
        }

        @Override
        public void hush() {
            media.hush();
        }

        @Override
        public CompletableFuture<Boolean> connected() {
            return media.settled().thenApply(s -> s == HeadlessReport.State.CONNECTED);
        }

        @Override
        public void close() {
            media.close();
        }
    }
}
