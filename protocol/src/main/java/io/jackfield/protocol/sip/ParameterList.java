package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gathers parameters while they are read. "Any given parameter-name MUST NOT appear more than once"
 * (RFC 3261 §7.3.1): two different values are refused, since two readers could choose differently;
 * a mere repetition is dropped.
 */
final class ParameterList {
    private final List<Parameters.Parameter> list = new ArrayList<>();
    private final Map<String, Parameters.Parameter> byName = new HashMap<>();

    void add(Parameters.Parameter parameter, Cursor in) throws Malformed {
        Parameters.Parameter earlier =
                byName.putIfAbsent(parameter.name().toLowerCase(Locale.ROOT), parameter);
        if (earlier == null) {
            list.add(parameter);
        } else if (!earlier.value().equals(parameter.value())) {
            throw in.malformed("parameter given twice");
        }
    }

    Parameters parameters() {
        return list.isEmpty() ? Parameters.NONE : new Parameters(list);
    }
}
