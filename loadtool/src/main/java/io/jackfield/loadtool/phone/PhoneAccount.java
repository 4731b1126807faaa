package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.SipUri;

/**
 * Who a phone is.
 *
 * @param domain of its address of record
 */
public record PhoneAccount(String user, String password, String domain) {
    SipUri addressOfRecord() {
        return SipUri.of(user, domain);
    }

    SipUri number(String dialled) {
        return SipUri.of(dialled, domain);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + domain;
    }
}
