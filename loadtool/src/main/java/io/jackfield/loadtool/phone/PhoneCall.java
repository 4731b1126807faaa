package io.jackfield.loadtool.phone;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Refusal;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SessionDescription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One call of a phone: what was offered, and what came of it.
 *
 * <p>Thread-safety: public methods on any thread; the rest on the phone's.
 */
public final class PhoneCall {
    private static final long SESSION_ID_MAX = 1L << 62;
    private static final long SSRC_MAX = 1L << 32;

    private final PhoneMedia media;
    private final CompletableFuture<Duration> answered = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile long invitedNanos;
    private volatile String codecName = "";
    private @Nullable SessionDescription offer;

    PhoneCall(PhoneMedia media) {
        this.media = media;
    }

    /** From INVITE to its 200, the 401 round included. */
    public CompletableFuture<Duration> answered() {
        return answered.copy();
    }

    /** Completes with the cause once the call has ended, also by the other side. */
    public CompletableFuture<String> ended() {
        return ended.copy();
    }

    /** Why the call has ended; empty while it has not. */
    public Optional<String> end() {
        return ended.isDone() ? Optional.of(ended.join()) : Optional.empty();
    }

    /** When the INVITE was sent, on the scale of {@link System#nanoTime}; 0 before. */
    public long invitedNanos() {
        return invitedNanos;
    }

    /** What the phone sends; empty before an answer. */
    public String codecName() {
        return codecName;
    }

    public PhoneMedia media() {
        return media;
    }

    /** The description to call with; the call begins. */
    String offer(PhoneCodecs codecs, long nowNanos) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String sdp =
                BrowserOffer.write(
                        media.local(),
                        codecs,
                        random.nextLong(SESSION_ID_MAX),
                        random.nextLong(SSRC_MAX));
        if (!(SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description))) {
            throw new IllegalStateException("our own offer cannot be read");
        }
        offer = description;
        invitedNanos = nowNanos;
        return sdp;
    }

    void answeredWith(String sdp) {
        if (offer == null || answered.isDone()) {
            return;
        }
        if (!(SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description))) {
            failed("the answer cannot be read");
            return;
        }
        switch (Negotiation.readAnswer(offer, description)) {
            case MediaAnswer agreed -> {
                codecName = agreed.codecs().chosen().codec().toString();
                media.apply(LegParameters.of(agreed), OfferedBy.US);
                media.talk();
                answered.complete(Duration.ofNanos(System.nanoTime() - invitedNanos));
            }
            case Refusal refusal -> failed("the answer: " + refusal.reason());
        }
    }

    /**
     * The description to answer an offer with; the call is up with it.
     *
     * @return empty where the offer cannot be answered
     */
    Optional<String> answer(String sdp, PhoneCodecs codecs) {
        long sessionId = ThreadLocalRandom.current().nextLong(SESSION_ID_MAX);
        Optional<BrowserAnswer> answer =
                BrowserAnswer.to(sdp, media.local(), codecs.codecs(), sessionId);
        answer.ifPresent(a -> {
            codecName = a.agreed().codecs().chosen().codec().toString();
            media.apply(a.agreed(), OfferedBy.PEER);
            media.talk();
        });
        return answer.map(BrowserAnswer::sdp);
    }

    void over(String why) {
        failed(why);
        ended.complete(why);
    }

    private void failed(String why) {
        answered.completeExceptionally(new IllegalStateException(why));
    }
}
