package io.jackfield.call.edge;

/** How SIP travels; the names are those of the Via header (RFC 3261 §20.42, RFC 7118 §5.2). */
public enum Transport {
    UDP(false, false),
    TCP(true, false),
    TLS(true, true),
    WS(true, false),
    WSS(true, true);

    private final boolean reliable;
    private final boolean secure;

    Transport(boolean reliable, boolean secure) {
        this.reliable = reliable;
        this.secure = secure;
    }

    /** True when nothing has to be sent twice (RFC 3261 §17). */
    public boolean reliable() {
        return reliable;
    }

    /** True when nobody on the way can read it. */
    public boolean secure() {
        return secure;
    }

    /** True for the two that browsers speak. */
    public boolean webSocket() {
        return this == WS || this == WSS;
    }

    /** The value of a URI's {@code transport} parameter: {@code ws} for both WebSocket kinds. */
    public String uriParameter() {
        return switch (this) {
            case UDP -> "udp";
            case TCP -> "tcp";
            case TLS -> "tls";
            case WS, WSS -> "ws";
        };
    }
}
