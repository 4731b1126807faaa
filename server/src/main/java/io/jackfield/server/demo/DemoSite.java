package io.jackfield.server.demo;

import io.jackfield.api.http.Demo;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.SiteLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the demo consists of, and what it says about itself. */
public final class DemoSite {
    private static final String FILE = "site.yaml";
    private static final int AGENT_FIRST = 1001;
    private static final int AGENT_LAST = 1006;

    private DemoSite() {}

    /** The site that is built in. */
    public static PbxSite site(String realm) {
        try (InputStream in = DemoSite.class.getResourceAsStream(FILE)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, FILE).readAllBytes(),
                            StandardCharsets.UTF_8);
            return SiteLoader.read(FILE, text, realm);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the page offers: agents to log in as, numbers worth dialling. */
    public static Demo page(Configuration configuration) {
        List<Demo.Login> agents =
                IntStream.rangeClosed(AGENT_FIRST, AGENT_LAST)
                        .mapToObj(n -> new Demo.Login(Integer.toString(n), "demo-" + n))
                        .toList();
        String webSocket =
                "ws://"
                        + configuration.http().address().getHostString()
                        + ":"
                        + configuration.http().address().getPort()
                        + "/ws";
        return new Demo(configuration.domain(), webSocket, agents, numbers());
    }

    private static List<Demo.DialHint> numbers() {
        return List.of(
                new Demo.DialHint("600", "Echo: hear yourself", "Эхо: услышать себя"),
                new Demo.DialHint(
                        "601",
                        "Echo two seconds later, which measures the line",
                        "Эхо через две секунды, с измерением линии"),
                new Demo.DialHint("1002", "Another agent", "Другой оператор"),
                new Demo.DialHint(
                        "95551234", "Telephone network: music, echo", "В город: музыка, потом эхо"),
                new Demo.DialHint(
                        "95550183", "Early media before the answer", "Звук ещё до ответа"),
                new Demo.DialHint("95550811", "Be called back", "Пусть перезвонят"),
                new Demo.DialHint("95550486", "Busy", "Занято"),
                new Demo.DialHint("95550480", "Nobody answers", "Никто не отвечает"));
    }

    /** Says where to go. */
    public static void welcome(PrintStream out, int port, long startedNanos) {
        out.printf(
                """
                Jackfield demo is ready (%d ms): http://127.0.0.1:%d/
                Log in as 1001 to 1006 (password demo-1001 and so on) and dial 600 to hear yourself,
                1002 for another agent, 9 and a number for the telephone network.
                Ctrl-C ends it.
                """,
                (System.nanoTime() - startedNanos) / 1_000_000, port);
    }
}
