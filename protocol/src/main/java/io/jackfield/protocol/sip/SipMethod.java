package io.jackfield.protocol.sip;

/**
 * A request method (RFC 3261 §7.1). Methods are case-sensitive; any token is a valid one.
 *
 * @param name a token of at most 32 characters, as sent
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

    private static final int LENGTH_MAX = 32;

    public SipMethod {
        if (!Tokens.isToken(name) || name.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("not a SIP method");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
