package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A phone that registers and calls, one call at a time.
 *
 * <p>Thread-safety: public methods on any thread; signalling runs on the phone's own.
 */
public final class SipPhone implements AutoCloseable {
    private static final long NO_DEADLINE_NANOS = Duration.ofHours(1).toNanos();

    private final PhoneAccount account;
    private final PhoneCodecs codecs;
    private final Line line;
    private final SipSocket socket;

    /** Bounded by what one server says to one phone: the reader asks for one message at a time. */
    private final BlockingQueue<LongConsumer> mailbox = new LinkedBlockingQueue<>();

    private final CompletableFuture<Duration> registered = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;
    private Optional<PhoneCall> call = Optional.empty();
    private Optional<PhoneMedia.Source> taker = Optional.empty();
    private boolean taken;
    private long registerNanos;

    private SipPhone(PhoneAccount account, PhoneCodecs codecs, HttpClient http, URI server) {
        this.account = account;
        this.codecs = codecs;
        this.line = new Line(account, new Told(), new RandomIdentifiers());
        this.socket = SipSocket.connect(http, server, this::text, this::disconnected);
        this.thread = Thread.ofVirtual().name("phone-" + account.user()).unstarted(this::run);
    }

    /**
     * Connects to the server; blocks.
     *
     * @throws java.util.concurrent.CompletionException when the server cannot be reached
     */
    public static SipPhone connect(
            PhoneAccount account, PhoneCodecs codecs, HttpClient http, URI server) {
        SipPhone phone = new SipPhone(account, codecs, http, server);
        phone.thread.start();
        return phone;
    }

    /** Registers; completes with the time from REGISTER to its 200, the 401 round included. */
    public CompletableFuture<Duration> register() {
        post(nowNanos -> {
            registerNanos = nowNanos;
            line.register(nowNanos);
        });
        return registered.copy();
    }

    /**
     * Calls. When the call is answered it connects its media, and talks as soon as it can.
     *
     * @param media of this call; stays the caller's to close
     */
    public PhoneCall call(String number, PhoneMedia media) {
        PhoneCall begun = new PhoneCall(media);
        post(nowNanos -> {
            call = Optional.of(begun);
            line.call(number, begun.offer(codecs, nowNanos), nowNanos);
        });
        return begun;
    }

    /**
     * From now on answers whoever calls, and talks to them.
     *
     * @param source of a call's media, which is closed when the call is over
     */
    public void takeCalls(PhoneMedia.Source source) {
        post(_ -> taker = Optional.of(source));
    }

    /** Hangs up the call that is there; {@link PhoneCall#ended} tells when that is done. */
    public void hangUp() {
        post(line::hangUp);
    }

    public PhoneAccount account() {
        return account;
    }

    @Override
    public void close() {
        post(_ -> {
            closed = true;
            socket.close();
        });
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
        registered.completeExceptionally(new IllegalStateException(why));
        call.ifPresent(one -> one.over(why));
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
            registered.complete(Duration.ofNanos(System.nanoTime() - registerNanos));
        }

        @Override
        public void registrationFailed(String why) {
            registered.completeExceptionally(new IllegalStateException(why));
        }

        @Override
        public void answered(String sdp) {
            call.ifPresent(one -> one.answeredWith(sdp));
        }

        @Override
        public Optional<String> called(String sdp) {
            if (taker.isEmpty()) {
                return Optional.empty();
            }
            try {
                PhoneCall begun = new PhoneCall(taker.get().open());
                call = Optional.of(begun);
                taken = true;
                return begun.answer(sdp, codecs);
            } catch (IOException noSocket) {
                return Optional.empty();
            }
        }

        @Override
        public void callEnded(String why) {
            call.ifPresent(one -> {
                one.over(why);
                if (taken) {
                    one.media().close();
                }
            });
            taken = false;
        }
    }
}
