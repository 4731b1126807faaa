package io.jackfield.call.token;

import io.jackfield.protocol.sip.SipHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets a call out to the telephone network when its token and the limits allow it, and uses the
 * token up.
 *
 * <p>Thread-safety: any thread. One call at a time passes the part that counts; signatures are
 * checked beside each other.
 */
public final class TokenGate {
    /** The call that asks to be let out. */
    public record Request(
            String callId, String agent, String number, Set<String> campaigns, SipHeaders headers) {
        public Request {
            campaigns = Set.copyOf(campaigns);
        }

        /** Without the headers: they hold the token. */
        @Override
        public String toString() {
            return "Request[" + callId + "]";
        }
    }

    private final KeyRing fetched;
    private final UsedTokens used;
    private final DialLedger ledger = new DialLedger();
    private final Supplier<Instant> wallClock;
    private final LongSupplier nanoTime;

    /**
     * @param fetched keys from elsewhere than the site; those of the site come first
     */
    public TokenGate(
            KeyRing fetched,
            UsedTokenJournal journal,
            Supplier<Instant> wallClock,
            LongSupplier nanoTime) {
        this(fetched, new UsedTokens(journal, UsedTokens.MAX), wallClock, nanoTime);
    }

    TokenGate(
            KeyRing fetched, UsedTokens used, Supplier<Instant> wallClock, LongSupplier nanoTime) {
        this.fetched = fetched;
        this.used = used;
        this.wallClock = wallClock;
        this.nanoTime = nanoTime;
    }

    /** Empty when the call may be dialled: its token is used up and the call counts from now on. */
    public Optional<TokenRefusal> admit(TokenRules rules, Request request) {
        List<String> tokens = TokenHeaders.tokens(request.headers());
        Optional<TokenRefusal> problem = TokenHeaders.problem(tokens);
        if (problem.isPresent()) {
            return problem;
        }
        WantedCall wanted =
                new WantedCall(
                        request.agent(), request.number(), request.campaigns(), rules.audience());
        KeyRing keys = KeyRing.of(rules.keys()).orElse(fetched);
        return switch (TokenCheck.check(
                tokens.getFirst(), keys, rules.plan(), wanted, wallClock.get())) {
            case TokenVerdict.Refused(var why) -> Optional.of(why);
            case TokenVerdict.Valid valid -> admit(rules, request, valid);
        };
    }

    private synchronized Optional<TokenRefusal> admit(
            TokenRules rules, Request request, TokenVerdict.Valid token) {
        DialLedger.Moment now = now();
        Optional<TokenRefusal> refusal =
                place(rules, token)
                        .or(() -> amount(rules, request.agent(), token.campaign(), now))
                        .or(() -> used.use(token, now.wall()));
        if (refusal.isEmpty()) {
            ledger.started(request.callId(), request.agent(), token.campaign(), now);
        }
        return refusal;
    }

    private static Optional<TokenRefusal> place(TokenRules rules, TokenVerdict.Valid token) {
        if (!rules.knows(token.campaign())) {
            return Optional.of(TokenRefusal.CAMPAIGN);
        }
        if (!rules.allowsTariff(token.number())) {
            return Optional.of(TokenRefusal.PREMIUM);
        }
        boolean country =
                rules.perAgent().allowsCountry(token.number())
                        && rules.limits(token.campaign()).allowsCountry(token.number());
        return country ? Optional.empty() : Optional.of(TokenRefusal.COUNTRY);
    }

    private Optional<TokenRefusal> amount(
            TokenRules rules, String agent, String campaign, DialLedger.Moment now) {
        return ledger.agentLimit(agent, rules.perAgent(), now)
                .map(limit ->
                        switch (limit) {
                            case CALLS_PER_MINUTE -> TokenRefusal.AGENT_CALLS_PER_MINUTE;
                            case PARALLEL -> TokenRefusal.AGENT_PARALLEL;
                            case PER_DAY -> TokenRefusal.AGENT_MINUTES_PER_DAY;
                        })
                .or(() ->
                        ledger.campaignLimit(campaign, rules.limits(campaign), now)
                                .map(limit ->
                                        switch (limit) {
                                            case CALLS_PER_MINUTE ->
                                                    TokenRefusal.CAMPAIGN_CALLS_PER_MINUTE;
                                            case PARALLEL -> TokenRefusal.CAMPAIGN_PARALLEL;
                                            case PER_DAY -> TokenRefusal.CAMPAIGN_MINUTES_PER_DAY;
                                        }));
    }

    /**
     * A call is over, whether it was let out here or not.
     *
     * @param talked for how long
     */
    public synchronized void ended(String callId, Duration talked) {
        ledger.ended(callId, talked, now());
    }

    private DialLedger.Moment now() {
        return new DialLedger.Moment(wallClock.get(), nanoTime.getAsLong());
    }
}
