package io.jackfield.call.routing;

import java.util.Optional;
import java.util.Set;

/**
 * An outbound rule: what an agent dials, and where it goes.
 *
 * @param token whether a trunk is touched only with a call token; empty: without
 */
public record Route(DialPattern pattern, Target target, Optional<TokenDemand> token) {
    /**
     * That a call token is required.
     *
     * @param campaigns which it may be for; empty: any
     */
    public record TokenDemand(Set<String> campaigns) {
        public TokenDemand {
            campaigns = Set.copyOf(campaigns);
        }
    }

    /** A rule that asks for no token. */
    public Route(DialPattern pattern, Target target) {
        this(pattern, target, Optional.empty());
    }
}
