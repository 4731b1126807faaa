package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.media.MediaClock;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.phone.PhoneCall;
import io.jackfield.loadtool.phone.SipPhone;
import io.jackfield.loadtool.report.SetupTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** One phone of a run, and how far it came. One thread at a time. */
final class Caller {
    /** A call that is up, or coming up. */
    record Running(PhoneCall call, MediaClock times) {}

    private final PhoneAccount account;
    private final String number;
    private Optional<SipPhone> phone = Optional.empty();
    private Optional<Running> running = Optional.empty();
    private Optional<String> problem = Optional.empty();
    private Optional<Duration> answeredAfter = Optional.empty();
    private String codecName = "";

    /**
     * @param number that it calls; empty where it is called
     */
    Caller(PhoneAccount account, String number) {
        this.account = account;
        this.number = number;
    }

    PhoneAccount account() {
        return account;
    }

    String number() {
        return number;
    }

    String user() {
        return account.user();
    }

    Optional<SipPhone> phone() {
        return phone;
    }

    void phone(SipPhone connected) {
        phone = Optional.of(connected);
    }

    Optional<Running> running() {
        return running;
    }

    void calls(PhoneCall call, MediaClock times) {
        running = Optional.of(new Running(call, times));
        answeredAfter = Optional.empty();
    }

    void answered(Duration after, String codec) {
        answeredAfter = Optional.of(after);
        codecName = codec;
    }

    void callOver() {
        running = Optional.empty();
    }

    /** What it sent last; empty before an answer. */
    String codecName() {
        return codecName;
    }

    Optional<String> problem() {
        return problem;
    }

    /** The first one stays. */
    void problem(String words) {
        problem = problem.or(() -> Optional.of(words));
    }

    /** A call that is silent or over is a problem. */
    void checkCall() {
        running.ifPresent(r -> {
            r.call().end().ifPresent(why -> problem("the call ended early: " + why));
            if (r.times().heardNanos().isEmpty()) {
                problem("nothing was heard");
            }
        });
    }

    /** Adds how long the call took to be set up, as far as it came. */
    void addTo(SetupTimes.Gathered times) {
        if (running.isEmpty() || answeredAfter.isEmpty()) {
            return;
        }
        long invitedNanos = running.get().call().invitedNanos();
        long answeredNanos = answeredAfter.get().toNanos();
        times.answered(answeredNanos);
        OptionalLong connected = running.get().times().connectedNanos();
        connected.ifPresent(at -> times.connected(at - invitedNanos - answeredNanos));
        running.get().times().heardNanos().ifPresent(at -> times.firstHeard(at - invitedNanos));
    }
}
