package io.jackfield.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.recording.RecordingFolder;
import io.jackfield.media.recording.RecordingKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Recordings over HTTP")
class RecordingApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int FRAMES = 80_000;

    @TempDir private Path root;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final List<String> pauses = new ArrayList<>();
    private boolean trusted = true;
    private byte[] wav = new byte[0];

    /** Ten seconds: the agent is silent, then loud; the customer the other way round. */
    @BeforeEach
    void open() throws Exception {
        Path day = Files.createDirectories(root.resolve("2026/11/23"));
        wav = wav();
        Files.write(day.resolve("call-1.wav"), wav);
        Files.write(day.resolve("call-2.wav.part"), wav);
        server.setConnectors(new ServerConnector[] {connector});
        RecordingFolder folder =
                new RecordingFolder(
                        root, Optional.<RecordingKey>empty(), Opus.best(), new SecureRandom());
        server.setHandler(
                new ApiHandler(
                        () -> Readiness.State.READY,
                        new Guard(Optional.of("0123456789abcdef"), _ -> trusted),
                        () -> "",
                        (_, _) -> List.of(),
                        List::of,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                new RecordingApi(
                                        folder,
                                        Opus.best(),
                                        (call, paused) -> {
                                            pauses.add(call + " " + paused);
                                            return call.equals("call-2");
                                        })),
                        List.of()));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
    }

    private static byte[] wav() {
        ByteBuffer file = ByteBuffer.allocate(44 + FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + FRAMES * 4);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 2).putInt(8_000).putInt(32_000);
        file.putShort((short) 4).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(FRAMES * 4);
        for (int i = 0; i < FRAMES; i++) {
            int sample = i % 2 == 0 ? 16_384 : -16_384;
            file.putShort((short) (i < FRAMES / 2 ? 0 : sample));
            file.putShort((short) (i < FRAMES / 2 ? sample : 0));
        }
        return file.array();
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    @DisplayName("are listed when they are ready, newest first")
    void list() {
        JsonNode all = json(get("/api/v1/recordings")).get("recordings");
        assertThat(all.size()).isEqualTo(1);
        assertThat(all.get(0).get("id").asString()).isEqualTo("call-1");
        assertThat(all.get(0).get("format").asString()).isEqualTo("wav");
        assertThat(get("/api/v1/recordings?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("are sent whole, and say that they may be asked for in parts")
    void whole() {
        HttpResponse<byte[]> answer = get("/api/v1/recordings/call-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(wav);
        assertThat(answer.headers().firstValue("content-type")).contains("audio/wav");
        assertThat(answer.headers().firstValue("accept-ranges")).contains("bytes");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    @DisplayName("are sent in parts (RFC 9110 §14): from, from to, the last; 416 beyond")
    void parts() {
        String path = "/api/v1/recordings/call-1";
        HttpResponse<byte[]> middle = get(path, "Range", "bytes=70000-140009");
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.headers().firstValue("content-range"))
                .contains("bytes 70000-140009/" + wav.length);
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(wav, 70_000, 140_010));

        int last = wav.length - 5;
        assertThat(get(path, "Range", "bytes=" + last + "-").body()).hasSize(5);
        assertThat(get(path, "Range", "bytes=-7").body())
                .isEqualTo(Arrays.copyOfRange(wav, wav.length - 7, wav.length));
        assertThat(get(path, "Range", "bytes=0-99999999").body()).isEqualTo(wav);

        HttpResponse<byte[]> beyond = get(path, "Range", "bytes=" + wav.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("content-range")).contains("bytes */" + wav.length);
        assertThat(get(path, "Range", "bytes=-0").statusCode()).isEqualTo(416);

        for (String odd :
                List.of("bytes=5-2", "bytes=-", "pages=1-2", "bytes=1-2,4-5", "bytes=a-b")) {
            assertThat(get(path, "Range", odd).statusCode()).as(odd).isEqualTo(200);
        }
        assertThat(get(path, "Range", "bytes=0-1", "If-Range", "\"x\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("answer HEAD with their length alone")
    void head() {
        HttpResponse<byte[]> answer =
                send(
                        request("/api/v1/recordings/call-1")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length"))
                .contains(Integer.toString(wav.length));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @DisplayName("show what they look like: peaks of both sides, as many as asked for")
    void waveform() {
        JsonNode body = json(get("/api/v1/recordings/call-1/waveform?points=10"));
        assertThat(body.get("length_ms").asLong()).isEqualTo(10_000);
        assertThat(body.get("agent").size()).isEqualTo(10);
        assertThat(body.get("agent").get(2).asDouble()).isZero();
        assertThat(body.get("agent").get(7).asDouble()).isEqualTo(0.5);
        assertThat(body.get("customer").get(2).asDouble()).isEqualTo(0.5);
        assertThat(body.get("customer").get(7).asDouble()).isZero();
        assertThat(get("/api/v1/recordings/call-1/waveform?points=x").statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("are not found under names that lead elsewhere, or before they are ready")
    void notFound() {
        for (String id :
                List.of("call-2", "call-2.wav", "none", "..%2fsecret", "%2e%2e", "a/b/c", "")) {
            assertThat(get("/api/v1/recordings/" + id).statusCode()).as(id).isBetween(400, 404);
        }
    }

    @Test
    @DisplayName("are for those with the token, or from a trusted address, alone")
    void areGuarded() {
        trusted = false;
        for (String path :
                List.of(
                        "/api/v1/recordings",
                        "/api/v1/recordings/call-1",
                        "/api/v1/recordings/call-1/waveform")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "Authorization", "Bearer 0123456789abcdef").statusCode())
                    .isEqualTo(200);
        }
        assertThat(pause("call-2", "application/json", "{\"paused\":true}").statusCode())
                .isEqualTo(401);
        assertThat(pauses).isEmpty();
    }

    private HttpResponse<byte[]> pause(String call, String type, String body) {
        return post("/api/v1/calls/" + call + "/recording", type, body);
    }

    private HttpResponse<byte[]> post(String path, String type, String body) {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    @Test
    @DisplayName("pause by POST, of JSON alone: a page of a stranger cannot send that unasked")
    void pause() {
        HttpResponse<byte[]> paused = pause("call-2", "application/json", "{\"paused\":true}");
        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(pause("call-9", "application/json", "{\"paused\":false}").statusCode())
                .isEqualTo(404);
        assertThat(pauses).containsExactly("call-2 true", "call-9 false");
        assertThat(pause("call-2", "text/plain", "{\"paused\":true}").statusCode()).isEqualTo(415);
        assertThat(pause("call-2", "application/json", "{").statusCode()).isEqualTo(400);
        assertThat(pause("call-2", "application/json", "{\"paused\":1}").statusCode())
                .isEqualTo(400);
        assertThat(get("/api/v1/calls/call-2/recording").statusCode()).isEqualTo(405);
        assertThat(
                        post("/api/v1/calls/recording", "application/json", "{\"paused\":true}")
                                .statusCode())
                .as("no call is named")
                .isEqualTo(404);
        assertThat(pauses).hasSize(2);
    }
}
