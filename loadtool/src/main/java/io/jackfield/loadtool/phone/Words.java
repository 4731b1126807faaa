package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.dialog.EndCause;

/** Why a call ended, on one line. */
final class Words {
    private Words() {}

    static String of(EndCause cause) {
        StringBuilder text =
                new StringBuilder().append(cause.kind()).append(" by ").append(cause.by());
        if (cause.status() != 0) {
            text.append(": ").append(cause.status()).append(' ').append(cause.phrase());
        }
        cause.reason().ifPresent(reason -> text.append(" (").append(reason.text()).append(')'));
        return text.toString();
    }
}
