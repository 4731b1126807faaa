package io.jackfield.call.token;

import java.util.Set;

/**
 * The call that a token has to be for.
 *
 * @param agent who calls, as proved
 * @param number as the trunk would be told
 * @param campaigns for which the route may be used; empty: for any
 * @param audience what {@code aud} must name
 */
public record WantedCall(String agent, String number, Set<String> campaigns, String audience) {
    public WantedCall {
        campaigns = Set.copyOf(campaigns);
    }
}
