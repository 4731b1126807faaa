package io.jackfield.server.tls;

import java.util.Arrays;
import java.util.List;

/** Which TLS we speak: 1.2 and 1.3 with authenticated encryption and forward secrecy alone. */
public final class TlsSettings {
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private TlsSettings() {}

    /** Those of the offered suites that we use. */
    public static String[] cipherSuites(String[] supported) {
        return Arrays.stream(supported).filter(TlsSettings::isGood).toArray(String[]::new);
    }

    private static boolean isGood(String suite) {
        boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_POLY1305_");
        boolean forwardSecret = suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_");
        return authenticated && forwardSecret;
    }
}
