package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.TokenList;
import java.util.ArrayList;
import java.util.List;

/** Option tags (RFC 3261 §19.2) and what we say about them. */
final class Options {
    /** RFC 3262. */
    static final String RELIABLE = "100rel";

    /** RFC 4028. */
    static final String TIMER = "timer";

    private Options() {}

    /** The options we know under those settings, as Supported says it. */
    static TokenList known(LegSettings settings) {
        List<String> known = new ArrayList<>();
        if (settings.reliable100() != LegSettings.Reliable100.OFF) {
            known.add(RELIABLE);
        }
        if (settings.sessionTimer().enabled()) {
            known.add(TIMER);
        }
        return new TokenList(known);
    }

    /** What a request demands and we do not know (RFC 3261 §8.2.2.3). */
    static List<String> unknown(SipHeaders headers, LegSettings settings) {
        TokenList known = known(settings);
        return TokenList.of(headers, "Require").tokens().stream()
                .filter(option -> !known.holds(option))
                .toList();
    }

    /** With Supported, unless we know no option at all. */
    static SipHeaders supported(SipHeaders headers, LegSettings settings) {
        TokenList known = known(settings);
        return known.tokens().isEmpty() ? headers : headers.with("Supported", known.text());
    }
}
