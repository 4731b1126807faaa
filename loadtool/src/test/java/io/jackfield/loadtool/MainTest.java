package io.jackfield.loadtool;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.media.Payload;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.phone.PhoneCodecs;
import io.jackfield.loadtool.scenario.LoadPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("jackfield load: the command line")
class MainTest {
    private static final List<String> NEEDED =
            List.of(
                    "--ws",
                    "ws://127.0.0.1:8088/ws",
                    "--users",
                    "agent0001-agent0003",
                    "--password",
                    "secret-{name}");

    private static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(NEEDED);
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static LoadPlan plan(String... more) {
        return plan(with(more));
    }

    private static LoadPlan plan(List<String> arguments) {
        Main main = new Main();
        new CommandLine(main).parseArgs(arguments.toArray(String[]::new));
        return main.plan();
    }

    @Nested
    @DisplayName("with what is needed")
    class Needed {
        @Test
        @DisplayName("makes an account of each name, with its own password and the server's domain")
        void accounts() {
            assertThat(plan().accounts())
                    .containsExactly(
                            new PhoneAccount("agent0001", "secret-agent0001", "127.0.0.1"),
                            new PhoneAccount("agent0002", "secret-agent0002", "127.0.0.1"),
                            new PhoneAccount("agent0003", "secret-agent0003", "127.0.0.1"));
        }

        @Test
        @DisplayName("calls 600 for a minute with Opus, 20 phones a second")
        void defaults() {
            LoadPlan plan = plan();

            assertThat(plan.number()).isEqualTo("600");
            assertThat(plan.steadyFor()).isEqualTo(Duration.ofMinutes(1));
            assertThat(plan.codecs()).isEqualTo(PhoneCodecs.preferring(OfferedCodec.OPUS));
            assertThat(plan.beginsAfter(20)).isEqualTo(Duration.ofSeconds(1));
            assertThat(plan.process().pid()).isEmpty();
            assertThat(plan.steps()).containsExactly(3);
            assertThat(plan.trunk()).isEmpty();
            assertThat(plan.talkFor()).isEmpty();
        }
    }

    @Test
    @DisplayName("takes what is said instead")
    void options() {
        LoadPlan plan =
                plan(
                        "--call",
                        "601",
                        "--seconds",
                        "5",
                        "--codec",
                        "pcmu",
                        "--only",
                        "--ramp",
                        "0.5/s",
                        "--server-pid",
                        "42",
                        "--domain",
                        "example.org",
                        "--trunk",
                        "127.0.0.1:5090",
                        "--steps",
                        "1, 3",
                        "--talk",
                        "1.2",
                        "--settle",
                        "0.5",
                        "--seed",
                        "9");

        assertThat(plan.number()).isEqualTo("601");
        assertThat(plan.steadyFor()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.codecs())
                .isEqualTo(new PhoneCodecs(OfferedCodec.PCMU, OfferedCodec.Breadth.ONLY));
        assertThat(plan.beginsAfter(3)).isEqualTo(Duration.ofSeconds(6));
        assertThat(plan.process().pid()).isEqualTo(OptionalLong.of(42));
        assertThat(plan.accounts().getFirst().domain()).isEqualTo("example.org");
        assertThat(plan.trunk()).contains(new InetSocketAddress("127.0.0.1", 5090));
        assertThat(plan.steps()).containsExactly(1, 3);
        assertThat(plan.talkFor()).contains(Duration.ofMillis(1_200));
        assertThat(plan.settleFor()).isEqualTo(Duration.ofMillis(500));
        assertThat(plan.seed()).isEqualTo(9);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "--ws, http://127.0.0.1:8088/ws",
        "--ws, ws:/ws",
        "--users, agent0003-agent0001",
        "--seconds, 0",
        "--seconds, 3501",
        "--seconds, many",
        "--codec, g729",
        "--ramp, 0/s",
        "--ramp, -1",
        "--ramp, fast",
        "--ramp, NaN",
        "--local, localhost.example",
        "--trunk, 127.0.0.1",
        "--trunk, carrier.example:5060",
        "--trunk, 127.0.0.1:99999",
        "--steps, many",
        "--steps, '3,1'",
        "--steps, 4",
        "--steps, 0",
        "--talk, -1",
        "--talk, NaN",
        "--settle, long",
        "--warm-up, -1",
        "--loss-max, -1",
        "--delay-max, NaN",
        "--server-pid, java",
        "--unheard, of"
    })
    @DisplayName("leaves with 2 and names the option when it is wrong")
    void wrong(String option, String value) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(NEEDED);
        int at = arguments.indexOf(option);
        if (at >= 0) {
            arguments.set(at + 1, value);
        } else {
            arguments.addAll(List.of(option, value));
        }

        assertThat(command.execute(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(option);
    }

    @Test
    @DisplayName("refuses sound to a trunk where it could not tell calls apart, and pairs with it")
    void sound() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));

        List<String> trunk = with("--sound", "--trunk", "127.0.0.1:5090", "--call", "9555");
        assertThat(command.execute(trunk.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("--sound wants {n}");
        List<String> pairs = with("--sound", "--pairs");
        assertThat(command.execute(pairs.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("--sound is for an echo or a --trunk");
        assertThat(plan("--sound", "--trunk", "127.0.0.1:5090", "--call", "9{n}").payload())
                .isEqualTo(Payload.SOUND);
    }

    @Test
    @DisplayName("lets the first half of the phones call the second half")
    void pairs() {
        List<String> arguments = with("--pairs", "--call", "1{n:3}");
        arguments.set(arguments.indexOf("--users") + 1, "agent0001-agent0004");
        LoadPlan plan = plan(arguments);

        assertThat(plan.callers()).isEqualTo(2);
        assertThat(plan.steps()).containsExactly(2);
        assertThat(plan.numberOf(0)).isEqualTo("1003");
        assertThat(plan.numberOf(1)).isEqualTo("1004");
    }

    @Test
    @DisplayName("says when the server chose another codec than the one preferred")
    void otherCodec() {
        PhoneCodecs asked = PhoneCodecs.preferring(OfferedCodec.PCMU);

        assertThat(Main.otherCodec(asked, List.of("PCMU/8000"))).isEmpty();
        assertThat(Main.otherCodec(asked, List.of("PCMU/8000", "opus/48000/2")))
                .contains(
                        "PCMU was preferred, the server chose PCMU/8000, opus/48000/2;"
                                + " --only offers no other");
        assertThat(Main.otherCodec(asked, List.of())).isEmpty();
    }

    @Test
    @DisplayName("leaves with 2 when something needed is missing")
    void missing() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));

        assertThat(command.execute("--users", "anna", "--password", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("--ws");
    }
}
