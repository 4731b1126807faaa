package io.jackfield.call.b2bua;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Session descriptions as browsers and carriers send them. */
final class Descriptions {
    private static final Pattern PCMA = Pattern.compile("a=rtpmap:(\\d+) PCMA/8000");
    private static final Pattern OPUS = Pattern.compile("a=rtpmap:(\\d+) opus/48000/2");
    private static final Pattern FIRST_TYPE = Pattern.compile("m=audio \\d+ \\S+ (\\d+)");
    private static final Pattern MID = Pattern.compile("a=mid:(\\S+)");

    private Descriptions() {}

    /** A browser's offer of Opus and PCMA. */
    static String browserOffer(String direction) {
        return browserOffer(direction, "ufragA");
    }

    /** The same with other ICE credentials. */
    static String browserOffer(String direction, String ufrag) {
        return browser("111 8", "a=rtpmap:111 opus/48000/2\n", direction, ufrag, "actpass", "0");
    }

    /** A browser's answer that takes Opus where it is offered, else what comes first. */
    static String browserAnswer(String offer, String direction) {
        return browserAnswer(offer, direction, "ufragB");
    }

    /** The same with other ICE credentials. */
    static String browserAnswer(String offer, String direction, String ufrag) {
        Matcher opus = OPUS.matcher(offer);
        boolean withOpus = opus.find();
        return browser(
                withOpus ? opus.group(1) : group(FIRST_TYPE, offer, "8"),
                withOpus ? "a=rtpmap:" + opus.group(1) + " opus/48000/2\n" : "",
                direction,
                ufrag,
                "active",
                group(MID, offer, "0"));
    }

    private static String browser(
            String types, String maps, String direction, String ufrag, String setup, String mid) {
        return crlf(
                """
                v=0
                o=- 4611731400430051336 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE %s
                m=audio 9 UDP/TLS/RTP/SAVPF %s
                c=IN IP4 0.0.0.0
                a=rtcp:9 IN IP4 0.0.0.0
                a=ice-ufrag:%s
                a=ice-pwd:asd88fgpdd777uzjYhagZgabcd
                a=fingerprint:sha-256 %s
                a=setup:%s
                a=mid:%s
                a=%s
                a=rtcp-mux
                %s\
                """
                        .formatted(
                                mid,
                                types,
                                ufrag,
                                "AB:".repeat(31) + "CD",
                                setup,
                                mid,
                                direction,
                                maps));
    }

    /** A carrier's offer or answer of PCMA, or of another static payload type. */
    static String plain(String direction, int payloadType) {
        return crlf(
                """
                v=0
                o=- 1 1 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=audio 4000 RTP/AVP %d
                a=%s
                """
                        .formatted(payloadType, direction));
    }

    /** A carrier's answer of the PCMA in that offer. */
    static String plainAnswer(String offer, String direction) {
        return plain(direction, Integer.parseInt(group(PCMA, offer, "8")));
    }

    private static String group(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }
}
