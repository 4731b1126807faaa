package io.jackfield.protocol.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One case of PROTOS c07-sip: {@code <length> <message>}, twice, with placeholders to fill in. */
final class ProtosCase {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private ProtosCase() {}

    static List<byte[]> messages(byte[] bytes, int number) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int blank = text.indexOf(' ', at);
            int length = Integer.parseInt(text.substring(at, blank).strip());
            String raw = text.substring(blank + 1, blank + 1 + length);
            messages.add(
                    filled(raw, number, messages.isEmpty()).getBytes(StandardCharsets.ISO_8859_1));
            at = blank + 1 + length;
        }
        return messages;
    }

    private static String filled(String raw, int number, boolean first) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("<To>", "600@pbx.example.com");
        values.put("<From>", "1001@192.0.2.7");
        values.put("<From-Address>", "192.0.2.7");
        values.put("<From-IP>", "192.0.2.7");
        values.put("<Local-Port>", "5062");
        values.put("<Branch-ID>", Integer.toString(number));
        values.put("<Call-ID>", "c07-" + number);
        values.put("<CSeq>", Integer.toString(number));
        values.put("<Teardown-Method>", first ? "INVITE" : "CANCEL");
        String text = raw;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        int head = text.indexOf(END_OF_HEAD);
        int body = head < 0 ? 0 : text.length() - head - END_OF_HEAD.length();
        return text.replace("<Content-Length>", Integer.toString(body));
    }
}
