package io.jackfield.call.token;

import java.util.Locale;

/** Why a call is not dialled; each value is also the name of a counter. */
public enum TokenRefusal {
    MISSING("This number needs a call token"),
    DOUBLED("There is more than one call token"),
    TOO_LONG("The call token is too long"),
    MALFORMED("The call token cannot be read"),
    KEY_UNKNOWN("The call token is signed with a key that is not known here"),
    KEY_NOT_IN_FORCE("The call token is signed with a key that is not in force now"),
    ALGORITHM("The call token is signed in another way than its key allows"),
    SIGNATURE("The signature of the call token is wrong"),
    CLAIMS("The call token lacks a claim, or one is of the wrong type"),
    NOT_YET_VALID("The call token is not valid yet"),
    EXPIRED("The call token has expired"),
    LIFE_TOO_LONG("The call token is valid for too long"),
    ISSUER("The call token is from another issuer"),
    AUDIENCE("The call token is for another PBX"),
    AGENT("The call token is for another agent"),
    NUMBER("The call token is for another number"),
    CAMPAIGN("The call token is for another campaign"),
    USED("The call token has been used already"),
    MEMORY_FULL("Too many call tokens are in use"),
    MEMORY_FAILING("Used call tokens cannot be written down"),
    AGENT_CALLS_PER_MINUTE("The agent dials too often"),
    AGENT_PARALLEL("The agent has too many calls at a time"),
    AGENT_MINUTES_PER_DAY("The agent has used up the minutes of today"),
    CAMPAIGN_CALLS_PER_MINUTE("The campaign dials too often"),
    CAMPAIGN_PARALLEL("The campaign has too many calls at a time"),
    CAMPAIGN_MINUTES_PER_DAY("The campaign has used up the minutes of today"),
    COUNTRY("Calls to this country are not allowed"),
    PREMIUM("Calls to premium-rate numbers are not allowed");

    private final String words;

    TokenRefusal(String words) {
        this.words = words;
    }

    /** For the agent's eyes: ASCII, without quotes and without anything of the token. */
    public String words() {
        return words;
    }

    /** For programs: {@code not-yet-valid}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
