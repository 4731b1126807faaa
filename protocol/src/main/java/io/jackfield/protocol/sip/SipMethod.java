package io.jackfield.protocol.sip;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request method (RFC 3261 §7.1). Methods are case-sensitive; any token is a valid one.
 *
 * @param name a token of at most {@value #LENGTH_MAX} characters, as sent
 */
public record SipMethod(String name) {
    public static final SipMethod INVITE = new SipMethod("INVITE");
    public static final SipMethod ACK = new SipMethod("ACK");
    public static final SipMethod BYE = new SipMethod("BYE");
    public static final SipMethod CANCEL = new SipMethod("CANCEL");
    public static final SipMethod REGISTER = new SipMethod("REGISTER");
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");
    public static final SipMethod INFO = new SipMethod("INFO");
    public static final SipMethod UPDATE = new SipMethod("UPDATE");
    public static final SipMethod PRACK = new SipMethod("PRACK");
    public static final SipMethod REFER = new SipMethod("REFER");
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");
    public static final SipMethod PUBLISH = new SipMethod("PUBLISH");

    /** Twice what any registered method needs, and enough for RFC 4475 §3.1.1.2. */
    public static final int LENGTH_MAX = 64;

    private static final Map<String, SipMethod> KNOWN =
            Stream.of(
                            INVITE, ACK, BYE, CANCEL, REGISTER, OPTIONS, INFO, UPDATE, PRACK, REFER,
                            NOTIFY, SUBSCRIBE, MESSAGE, PUBLISH)
                    .collect(Collectors.toUnmodifiableMap(SipMethod::name, m -> m));

    public SipMethod {
        if (!Tokens.isToken(name) || name.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("not a SIP method");
        }
    }

    /** That method; the known ones are shared. */
    public static SipMethod of(String name) {
        SipMethod known = KNOWN.get(name);
        return known == null ? new SipMethod(name) : known;
    }

    @Override
    public String toString() {
        return name;
    }
}
