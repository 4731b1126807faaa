package io.jackfield.server.listener;

import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A listener's address cannot be used; the message names the setting and is fit to be shown to the
 * operator.
 */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what the protocol, in a word: {@code HTTP}
     * @param setting the key of the configuration that holds the address
     */
    public CannotListenException(
            String what, InetSocketAddress address, String setting, Exception cause) {
        super(message(what, address, setting, cause), cause);
    }

    private static String message(
            String what, InetSocketAddress address, String setting, Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        String variable = "JACKFIELD_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        boolean taken = reason.contains("in use");
        String remedy =
                taken
                        ? "Another program holds it. Stop that one, or set "
                        : "Check the address, or set ";
        return what
                + " cannot listen on "
                + where
                + ": "
                + (taken ? "the port is taken" : reason)
                + "\n    "
                + remedy
                + setting
                + " (or "
                + variable
                + ") to another value.";
    }
}
