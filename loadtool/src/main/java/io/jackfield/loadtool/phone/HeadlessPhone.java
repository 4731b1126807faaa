package io.jackfield.loadtool.phone;

import io.jackfield.media.LegParameters;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.media.client.HeadlessMedia;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Refusal;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SessionDescription;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipWebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A phone that registers, calls a number and talks in numbered frames until it hangs up.
 *
 * <p>Thread-safety: public methods on any thread; signalling runs on the phone's own.
 */
public final class HeadlessPhone implements AutoCloseable {
    private static final long NO_DEADLINE_NANOS = Duration.ofHours(1).toNanos();

    private final PhoneAccount account;
    private final HeadlessMedia media;
    private final OfferedCodec codec;
    private final Line line;
    private final SipSocket socket;

    /** Bounded by what one server says to one phone: the reader asks for one message at a time. */
    private final BlockingQueue<LongConsumer> mailbox = new LinkedBlockingQueue<>();

    private final CompletableFuture<Duration> registered = new CompletableFuture<>();
    private final CompletableFuture<Duration> answered = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String codecName = "";
    private long askedNanos;
    private @Nullable SessionDescription offer;

    private HeadlessPhone(
            PhoneAccount account,
            HeadlessMedia media,
            OfferedCodec codec,
            HttpClient http,
            URI server) {
        this.account = account;
        this.media = media;
        this.codec = codec;
        this.line = new Line(account, new Told(), new RandomIdentifiers());
        this.socket = SipSocket.connect(http, server, this::text, this::disconnected);
        this.thread = Thread.ofVirtual().name("phone-" + account.user()).unstarted(this::run);
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
        HeadlessPhone phone = new HeadlessPhone(account, media, codec, http, server);
        phone.thread.start();
        return phone;
    }

    /** Registers; completes with the time from REGISTER to its 200, the 401 round included. */
    public CompletableFuture<Duration> register() {
        post(nowNanos -> {
            askedNanos = nowNanos;
            line.register(nowNanos);
        });
        return registered.copy();
    }

    /**
     * Calls; completes with the time from INVITE to its 200, the 401 round included. From then on
     * the phone connects its media, and talks as soon as it can.
     */
    public CompletableFuture<Duration> call(String number) {
        post(nowNanos -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String sdp =
                    BrowserOffer.write(
                            media.local(),
                            codec,
                            random.nextLong(1L << 62),
                            random.nextLong(1L << 32));
            if (SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description)) {
                offer = description;
                askedNanos = nowNanos;
                line.call(number, sdp, nowNanos);
            } else {
                throw new IllegalStateException("our own offer cannot be read");
            }
        });
        return answered.copy();
    }

    /** Hangs up; completes with the cause once the call has ended, also by the other side. */
    public CompletableFuture<String> hangUp() {
        media.hush();
        post(line::hangUp);
        return ended.copy();
    }

    /** Why the call ended; empty while it has not. */
    public Optional<String> ended() {
        return ended.isDone() ? Optional.of(ended.join()) : Optional.empty();
    }

    public HeadlessMedia media() {
        return media;
    }

    public PhoneAccount account() {
        return account;
    }

    /** What the phone sends; empty before an answer. */
    public String codecName() {
        return codecName;
    }

    @Override
    public void close() {
        post(_ -> {
            closed = true;
            socket.close();
        });
        media.close();
    }

    // The phone's thread.

    private void run() {
        while (!closed) {
            try {
                OptionalLong deadline = line.deadlineNanos();
                long wait =
                        deadline.isPresent()
                                ? deadline.getAsLong() - System.nanoTime()
                                : NO_DEADLINE_NANOS;
                LongConsumer task = mailbox.poll(wait, TimeUnit.NANOSECONDS);
                long nowNanos = System.nanoTime();
                if (task != null) {
                    task.accept(nowNanos);
                }
                line.tick(nowNanos);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException ours) {
                giveUp("error in the load tool: " + ours);
                return;
            }
        }
    }

    private void giveUp(String why) {
        IllegalStateException failure = new IllegalStateException(why);
        registered.completeExceptionally(failure);
        answered.completeExceptionally(failure);
        ended.complete(why);
    }

    private void post(LongConsumer task) {
        boolean _ = mailbox.offer(task);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (SipWebSocket.parse(bytes) instanceof ParseResult.Parsed(var message)) {
            post(nowNanos -> line.receive(message, nowNanos));
        }
    }

    private void disconnected(String why) {
        post(nowNanos -> {
            line.disconnected(nowNanos);
            giveUp(why);
        });
    }

    private void connectMedia(String sdp, SessionDescription sent) {
        if (!(SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description))) {
            answered.completeExceptionally(new IllegalStateException("the answer cannot be read"));
            return;
        }
        switch (Negotiation.readAnswer(sent, description)) {
            case MediaAnswer agreed -> {
                codecName = agreed.codecs().chosen().codec().toString();
                media.apply(LegParameters.of(agreed));
                media.talk();
                answered.complete(Duration.ofNanos(System.nanoTime() - askedNanos));
            }
            case Refusal refusal ->
                    answered.completeExceptionally(
                            new IllegalStateException("the answer: " + refusal.reason()));
        }
    }

    /** What the line tells. */
    private final class Told implements LineUser {
        @Override
        public void send(SipMessage message) {
            if (!socket.send(message)) {
                disconnected("WebSocket is closed");
            }
        }

        @Override
        public void registered() {
            registered.complete(Duration.ofNanos(System.nanoTime() - askedNanos));
        }

        @Override
        public void registrationFailed(String why) {
            registered.completeExceptionally(new IllegalStateException(why));
        }

        @Override
        public void answered(String sdp) {
            if (offer != null && !answered.isDone()) {
                connectMedia(sdp, offer);
            }
        }

        @Override
        public void callEnded(String why) {
            answered.completeExceptionally(new IllegalStateException(why));
            ended.complete(why);
        }
    }
}
