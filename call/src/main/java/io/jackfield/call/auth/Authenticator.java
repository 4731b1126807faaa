package io.jackfield.call.auth;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestServer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out which agent's phone a request comes from, by digest.
 *
 * <p>Thread-safety: any thread; requests are checked one at a time, since nonce counts are shared.
 * A check is one or two hashes.
 */
public final class Authenticator {
    private final DigestServer digest;
    private final Supplier<Site> site;
    private final Identifiers identifiers;
    private final Events events;
    private final Supplier<Instant> wallClock;
    private final Guesses guesses;

    public Authenticator(
            DigestServer digest,
            Supplier<Site> site,
            Identifiers identifiers,
            Events events,
            Supplier<Instant> wallClock,
            Guesses guesses) {
        this.digest = digest;
        this.site = site;
        this.identifiers = identifiers;
        this.events = events;
        this.wallClock = wallClock;
        this.guesses = guesses;
    }

    /**
     * Checks the credentials of a request that claims to be that user's.
     *
     * @param claimed the user in From, or in To of a REGISTER; right credentials of somebody else
     *     earn 403 (RFC 3261 §10.3 step 3)
     */
    public Identity authenticate(SipRequest request, Flow flow, String claimed) {
        LookUp lookUp = new LookUp(flow);
        return switch (check(request, lookUp)) {
            case DigestServer.Verdict.Accepted(var user) -> accepted(request, flow, user, claimed);
            case DigestServer.Verdict.Challenged(var why, var headers) -> {
                note(flow, lookUp.named.orElse(claimed), why, lookUp);
                SipResponse response = SipResponses.to(request, 401, identifiers.tag());
                yield new Identity.Refused(
                        response.withHeaders(response.headers().plusAll(headers)));
            }
        };
    }

    private synchronized DigestServer.Verdict check(SipRequest request, LookUp lookUp) {
        return digest.check(
                request, DigestServer.Role.SERVER, lookUp, wallClock.get().toEpochMilli());
    }

    private Identity accepted(SipRequest request, Flow flow, String user, String claimed) {
        Optional<Agent> agent = site.get().agent(user).filter(a -> user.equals(claimed));
        if (agent.isPresent()) {
            guesses.proved(user, flow);
            return new Identity.OfAgent(agent.get());
        }
        tell(flow, user, "OTHER_NAME");
        return new Identity.Refused(SipResponses.to(request, 403, identifiers.tag()));
    }

    /**
     * A first request without credentials, or a nonce that is too old, is no failure; and where the
     * password is right, nothing was guessed.
     */
    private void note(Flow flow, String user, DigestServer.Cause why, LookUp lookUp) {
        switch (why) {
            case NO_CREDENTIALS, STALE -> {}
            case OTHER_URI, REPLAYED -> tell(flow, user, why.name());
            case UNUSABLE, WRONG -> {
                tell(flow, user, lookUp.limited ? "LIMITED" : why.name());
                guesses.failed(lookUp.guessed, flow);
            }
        }
    }

    private void tell(Flow flow, String user, String reason) {
        events.publish(new PbxEvent.AuthenticationFailed(flow, user, reason));
    }

    /**
     * Finds the secret of the account that one request's credentials name, and remembers which it
     * was. Where too much was guessed there is none, as if there were no such account: the same
     * work and the same answer, be the password right or wrong.
     */
    private final class LookUp implements DigestServer.Secrets {
        private final Flow flow;
        private Optional<String> named = Optional.empty();

        /** The account whose secret was given out. */
        private Optional<String> guessed = Optional.empty();

        private boolean limited;

        private LookUp(Flow flow) {
            this.flow = flow;
        }

        @Override
        public Optional<String> ha1(String user, DigestAlgorithm algorithm) {
            named = Optional.of(user);
            Optional<Agent> agent = site.get().agent(user);
            if (agent.isEmpty()) {
                return Optional.empty();
            }
            limited = !guesses.mayTry(user, flow);
            if (limited) {
                return Optional.empty();
            }
            guessed = named;
            return secret(agent.get().credential(), algorithm);
        }
    }

    private static Optional<String> secret(Credential credential, DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5, MD5_SESS -> Optional.of(credential.md5());
            case SHA_256, SHA_256_SESS -> Optional.of(credential.sha256());
            case SHA_512_256, SHA_512_256_SESS -> Optional.empty();
        };
    }
}
