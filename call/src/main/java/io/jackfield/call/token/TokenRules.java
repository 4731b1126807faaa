package io.jackfield.call.token;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the site says of tokens. Immutable; part of its snapshot.
 *
 * @param audience what {@code aud} must name: this PBX
 * @param plan how numbers are written here
 * @param keys that are written down in the site
 * @param sets of keys that are fetched
 * @param perAgent limits of each agent by itself
 * @param campaigns their limits by name; when there are any, no other campaign may dial
 * @param premium whether premium-rate numbers may be called; {@code morePremium} begins others
 */
public record TokenRules(
        String audience,
        NumberPlan plan,
        List<TokenKey> keys,
        List<KeySetSource> sets,
        DialLimits perAgent,
        Map<String, DialLimits> campaigns,
        boolean premium,
        Set<String> morePremium) {
    /** No keys: no token is any good. */
    public static final TokenRules NONE =
            new TokenRules(
                    "",
                    NumberPlan.INTERNATIONAL,
                    List.of(),
                    List.of(),
                    DialLimits.NONE,
                    Map.of(),
                    false,
                    Set.of());

    /**
     * @throws UnusableKey when two keys have one id
     */
    public TokenRules {
        keys = List.copyOf(keys);
        sets = List.copyOf(sets);
        campaigns = Map.copyOf(campaigns);
        morePremium = Set.copyOf(morePremium);
        KeyRing.of(keys);
    }

    /** The limits of that campaign. */
    DialLimits limits(String campaign) {
        return campaigns.getOrDefault(campaign, DialLimits.NONE);
    }

    /** False for a campaign that nobody has written down, where some are. */
    boolean knows(String campaign) {
        return campaigns.isEmpty() || campaigns.containsKey(campaign);
    }

    boolean allowsTariff(String number) {
        return premium || !PremiumNumbers.contain(number, morePremium);
    }
}
