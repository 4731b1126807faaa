package io.jackfield.protocol.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;

/** Bytes of tests, written and stored in hexadecimal. */
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** From position to limit, which stay as they are. */
    public static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return text(bytes);
    }

    /** A test resource that holds one message in hexadecimal. */
    public static byte[] resource(String path) {
        return bytes(textOf(path));
    }

    /** A test resource of names and hexadecimal values. */
    public static Properties properties(String path) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(textOf(path)));
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
        return properties;
    }

    private static String textOf(String path) {
        try (InputStream in = Hex.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }
}
