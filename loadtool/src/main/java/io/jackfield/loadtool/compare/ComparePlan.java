package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.media.Payload;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.phone.PhoneCodecs;
import io.jackfield.loadtool.scenario.Limits;
import io.jackfield.loadtool.scenario.LoadPlan;
import io.jackfield.loadtool.scenario.PhoneNames;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a comparison is done.
 *
 * @param rounds of each scenario that count; one more comes before, to warm up
 * @param calls in place of each scenario's own number
 * @param phones that register where idle ones are measured
 * @param seconds for which a step is measured
 * @param limits that a call must be held within to count as held
 * @param limitSteps numbers of calls that are tried for it
 */
record ComparePlan(
        List<Scenario> scenarios,
        int rounds,
        OptionalInt calls,
        int phones,
        int seconds,
        Limits limits,
        List<Integer> limitSteps) {
    /** The site's, in {@code examples/bench} and in the rig alike. */
    static final int PHONES_MAX = 1_000;

    private static final int SETTLE_SECONDS = 3;
    static final double RAMP_PER_SECOND = 20;
    private static final double PHONES_RAMP_PER_SECOND = 50;
    private static final Duration SHORT_TALK = Duration.ofMillis(1_200);
    private static final int SHORT_WARM_SECONDS = 5;
    private static final int SHORT_PHONES = 60;

    ComparePlan {
        scenarios = List.copyOf(scenarios);
        limitSteps = List.copyOf(limitSteps);
    }

    /**
     * What that scenario asks of that peer.
     *
     * @param seed of what is left to chance in time: the same for both in a round
     */
    LoadPlan of(Scenario scenario, Peer peer, long seed) {
        return new LoadPlan(
                peer.webSocket(),
                false,
                accounts(phones(scenario), peer),
                InetAddress.ofLiteral("127.0.0.1"),
                number(scenario),
                isTrunk(scenario) ? Optional.of(peer.trunk()) : Optional.empty(),
                scenario == Scenario.PAIRS,
                steps(scenario),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(SETTLE_SECONDS),
                scenario == Scenario.SHORT ? Optional.of(SHORT_TALK) : Optional.empty(),
                Duration.ofSeconds(scenario == Scenario.SHORT ? SHORT_WARM_SECONDS : 0),
                scenario == Scenario.LIMIT ? limits : Limits.NONE,
                codecs(scenario),
                scenario == Scenario.TRANSCODED ? Payload.SOUND : Payload.NUMBERS,
                scenario == Scenario.PHONES ? PHONES_RAMP_PER_SECOND : RAMP_PER_SECOND,
                peer.process(),
                seed);
    }

    private static boolean isTrunk(Scenario scenario) {
        return switch (scenario) {
            case TRUNK, TRANSCODED, LIMIT -> true;
            case ECHO, PAIRS, SHORT, PHONES -> false;
        };
    }

    private static String number(Scenario scenario) {
        return switch (scenario) {
            case ECHO, SHORT, PHONES -> "600";
            case TRUNK, TRANSCODED, LIMIT -> "9555{n:4}";
            case PAIRS -> "1{n:3}";
        };
    }

    /** Real Asterisk holds about twice as many of each on one core. */
    int callsOf(Scenario scenario) {
        if (scenario == Scenario.LIMIT) {
            return limitSteps.getLast();
        }
        return calls.orElse(
                switch (scenario) {
                    case ECHO, TRUNK, PHONES -> 100;
                    case PAIRS -> 75;
                    case TRANSCODED -> 20;
                    case SHORT, LIMIT -> 1;
                });
    }

    private List<Integer> steps(Scenario scenario) {
        return scenario == Scenario.LIMIT ? limitSteps : List.of(callsOf(scenario));
    }

    int phones(Scenario scenario) {
        return switch (scenario) {
            case ECHO, TRUNK, TRANSCODED -> callsOf(scenario);
            case PAIRS -> 2 * callsOf(scenario);
            case SHORT -> SHORT_PHONES;
            case PHONES -> Math.max(phones, callsOf(scenario));
            case LIMIT -> callsOf(scenario);
        };
    }

    /** One alone, so that no PBX prefers another; in one case what it cannot pass on as it is. */
    static PhoneCodecs codecs(Scenario scenario) {
        OfferedCodec codec =
                switch (scenario) {
                    case ECHO, TRUNK, SHORT, PHONES, LIMIT -> OfferedCodec.PCMU;
                    case TRANSCODED, PAIRS -> OfferedCodec.OPUS;
                };
        return new PhoneCodecs(codec, OfferedCodec.Breadth.ONLY);
    }

    private static List<PhoneAccount> accounts(int count, Peer peer) {
        String last = String.format(Locale.ROOT, "%04d", count);
        return PhoneNames.parse("agent0001-agent" + last).stream()
                .map(user -> new PhoneAccount(user, "secret-" + user, peer.webSocket().getHost()))
                .toList();
    }
}
