package io.jackfield.media.dtls;

/** Which end of the association we are ({@code a=setup}, RFC 8842 §5.3). */
public enum DtlsRole {
    /** {@code active}: sends the ClientHello. */
    CLIENT,
    /** {@code passive}: waits for it. */
    SERVER
}
