package io.jackfield.api.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts once, over a connection of its own (HTTP/1.1, RFC 9112). The address that is connected to
 * is the one that was checked: a name that says something else a moment later changes nothing.
 * Redirects are not followed. A time limit holds for everything together, whatever the other side
 * does.
 *
 * <p>Thread-safety: any thread; the caller's waits, for name servers possibly longer than the
 * limit.
 */
final class HttpPost {
    private static final int HEAD_BYTES_MAX = 16 << 10;

    private final Predicate<InetAddress> allowed;
    private final ScheduledExecutorService watch;
    private final Duration limit;
    private final SSLSocketFactory tls;

    /**
     * @param allowed which addresses may be connected to
     * @param watch closes what takes too long
     */
    HttpPost(
            Predicate<InetAddress> allowed,
            ScheduledExecutorService watch,
            Duration limit,
            SSLSocketFactory tls) {
        this.allowed = allowed;
        this.watch = watch;
        this.limit = limit;
        this.tls = tls;
    }

    /** Sends the body; whatever goes wrong is the outcome. */
    Outcome send(URI url, Map<String, String> headers, byte[] body) {
        long began = System.nanoTime();
        AtomicBoolean late = new AtomicBoolean();
        try (Socket socket = new Socket()) {
            ScheduledFuture<?> end =
                    watch.schedule(
                            () -> {
                                late.set(true);
                                close(socket);
                            },
                            limit.toMillis(),
                            TimeUnit.MILLISECONDS);
            try {
                return exchange(socket, url, headers, body, began);
            } finally {
                end.cancel(false);
            }
        } catch (IOException | RuntimeException failed) {
            String reason =
                    late.get() || failed instanceof InterruptedIOException
                            ? "no answer within " + limit.toSeconds() + " s"
                            : words(failed);
            return new Outcome.Failed(reason, millis(began));
        }
    }

    /** The raw socket: to close TLS in order could wait for the other side. */
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is closed
        }
    }

    private static String words(Exception failed) {
        String message = failed.getMessage();
        return switch (failed) {
            case UnknownHostException _ -> "the name is not known: " + message;
            case NotAllowed notAllowed -> String.valueOf(notAllowed.getMessage());
            default -> failed.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        };
    }

    private static long millis(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** The address is none that we connect to. */
    private static final class NotAllowed extends IOException {
        private static final long serialVersionUID = 1;

        NotAllowed(String message) {
            super(message);
        }
    }

    private Outcome exchange(
            Socket raw, URI url, Map<String, String> headers, byte[] body, long began)
            throws IOException {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        String host = IDN.toASCII(url.getHost().replaceAll("[\\[\\]]", ""));
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        raw.connect(new InetSocketAddress(address(host), port), (int) limit.toMillis());
        Socket socket = secure ? secured(raw, host, port) : raw;
        socket.getOutputStream().write(request(url, headers, body));
        socket.getOutputStream().flush();
        return answer(socket.getInputStream(), began);
    }

    private InetAddress address(String host) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress address : all) {
            if (allowed.test(address)) {
                return address;
            }
        }
        throw new NotAllowed(
                "the address "
                        + all[0].getHostAddress()
                        + " is not on the public internet; set webhooks.allowPrivate to reach it");
    }

    private SSLSocket secured(Socket raw, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(raw, host, port, false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI url, Map<String, String> headers, byte[] body)
            throws IOException {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String port = url.getPort() > 0 ? ":" + url.getPort() : "";
        StringBuilder head =
                new StringBuilder("POST " + path + query + " HTTP/1.1\r\n")
                        .append("Host: " + url.getHost() + port + "\r\n")
                        .append("Content-Type: application/json\r\n")
                        .append("Content-Length: " + body.length + "\r\n")
                        .append("Connection: close\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        return out.toByteArray();
    }

    private static Outcome answer(InputStream in, long began) throws IOException {
        String head = head(in);
        while (head.matches("(?s)HTTP/1\\.[01] 1\\d\\d.*")) {
            head = head(in);
        }
        if (!head.matches("(?s)HTTP/1\\.[01] [2-9]\\d\\d.*")) {
            return new Outcome.Failed("what answers speaks no HTTP", millis(began));
        }
        int status = Integer.parseInt(head.substring(9, 12));
        boolean chunked =
                head.toLowerCase(Locale.ROOT).matches("(?s).*\ntransfer-encoding: *chunked.*");
        return new Outcome.Answered(status, first(in, chunked), millis(began));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() >= HEAD_BYTES_MAX) {
                throw new IOException("the answer has no end of its header");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The status is what counts: a body that does not come costs the delivery nothing. */
    private static String first(InputStream in, boolean chunked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[Outcome.ANSWER_BYTES_MAX];
        try {
            int count = in.read(part);
            while (count >= 0) {
                bytes.write(part, 0, count);
                int left = Outcome.ANSWER_BYTES_MAX - bytes.size();
                count = left == 0 ? -1 : in.read(part, 0, left);
            }
        } catch (IOException _) {
            // what came is enough
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return chunked ? text.replaceFirst("^[^\n]*\n", "") : text;
    }
}
