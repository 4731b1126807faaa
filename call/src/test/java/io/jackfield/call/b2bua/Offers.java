package io.jackfield.call.b2bua;

/** A browser's offer, for tests of other packages. */
public final class Offers {
    private Offers() {}

    /** The lines of a request that carry it: type, length, an empty line and the offer itself. */
    public static String lines() {
        String sdp = Descriptions.browserOffer("sendrecv");
        return "Contact: <sip:x@desk.invalid;transport=ws>\nContent-Type: application/sdp\n"
                + "Content-Length: "
                + sdp.length()
                + "\n\n"
                + sdp.replace("\r\n", "\n").stripTrailing();
    }
}
