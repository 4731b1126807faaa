package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a setting may be")
class FormTest {
    private static final Place PLACE = new Place("test.yaml", 1, 1);

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "20s,PT20S", "5m,PT5M", "2h,PT2H", "1d,P1D", "20 s,PT20S"})
    @DisplayName("a time with its unit")
    void durations(String text, Duration expected) throws InvalidValue {
        assertThat(duration().read(scalar(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "20 seconds", "-5s", "1.5s", "s", "2d", "99ms", "9999999999s"})
    @DisplayName("a time without a unit, with a strange one, or beyond the bounds is refused")
    void badDurations(String text) {
        assertThatThrownBy(() -> duration().read(scalar(text)))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        e -> {
                            assertThat(e).hasMessage("is '" + text + "'");
                            assertThat(e.remedy()).contains("100ms to 1d").contains("unit");
                        });
    }

    private static Form<Duration> duration() {
        return Form.duration(Duration.ofMillis(100), Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({"512 B,512", "64 KiB,65536", "4MiB,4194304", "1 GiB,1073741824"})
    @DisplayName("a size with its unit")
    void sizes(String text, long expected) throws InvalidValue {
        assertThat(Form.size(1, 1L << 40).read(scalar(text))).isEqualTo(expected);
    }

    @Test
    @DisplayName("a size in units of a thousand is refused, so that nobody has to guess")
    void decimalSizes() {
        assertThatThrownBy(() -> Form.size(1, 1L << 40).read(scalar("4 MB")))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    @DisplayName("an address and a port, IPv4 or IPv6, the port left out or not")
    void socketAddresses() throws InvalidValue {
        Form<InetSocketAddress> form = Form.socketAddress(5060);

        assertThat(form.read(scalar("192.0.2.1")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060));
        assertThat(form.read(scalar("192.0.2.1:5070")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5070));
        assertThat(form.read(scalar("[2001:db8::1]:5061")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5061));
        assertThat(form.read(scalar("2001:db8::1")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 5060));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5060", "192.0.2.1:0", "192.0.2.1:65536", "300.1.1.1", ":5"})
    @DisplayName("a name is not looked up, and a port that is none is refused")
    void badSocketAddresses(String text) {
        assertThatThrownBy(() -> Form.socketAddress(5060).read(scalar(text)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    @DisplayName("a list of lines, or one line with commas as an environment variable has it")
    void lists() throws InvalidValue {
        Form<List<Integer>> form = Form.list(Form.number(1, 9));

        assertThat(form.read(new Yaml.Sequence(PLACE, List.of(scalar("1"), scalar("2")))))
                .containsExactly(1, 2);
        assertThat(form.read(scalar("3, 4,5"))).containsExactly(3, 4, 5);
        assertThat(form.read(new Yaml.Sequence(PLACE, List.of()))).isEmpty();
    }

    @Test
    @DisplayName("a secret that is too short is refused without being repeated")
    void secrets() {
        assertThatThrownBy(() -> Form.secret(16).read(scalar("hunter2")))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        e ->
                                assertThat(e.getMessage() + e.remedy())
                                        .doesNotContain("hunter2")
                                        .contains("16"));
    }

    @Test
    @DisplayName("text keeps what was written, zeros and spaces alike")
    void texts() throws InvalidValue {
        assertThat(Form.text("any").read(scalar("0123"))).isEqualTo("0123");
        assertThat(Form.text("a letter", Pattern.compile("[a-z]")).read(scalar("x")))
                .isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5 => 203.0.113.7,10.0.0.5,203.0.113.7",
        "10.0.0.5,10.0.0.5,10.0.0.5",
        "2001:db8::5=>2001:db8::7,2001:db8::5,2001:db8::7"
    })
    @DisplayName("an address mapping in one line, the outside one left out where there is no NAT")
    void mappings(String text, String local, String advertised) throws InvalidValue {
        assertThat(NetworkForms.addressMapping().read(scalar(text)))
                .isEqualTo(
                        new AddressMapping(
                                InetAddress.ofLiteral(local), InetAddress.ofLiteral(advertised)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "10.0.0.5 => 0.0.0.0", "::", "a => b", "10.0.0.1=>1.1.1.1=>"})
    @DisplayName("a mapping of the wildcard, or of what is no address, is refused")
    void badMappings(String text) {
        assertThatThrownBy(() -> NetworkForms.addressMapping().read(scalar(text)))
                .isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10002", "10003-19999", "10002-20000", "19999-10002", "80-99999"})
    @DisplayName("a port range of odd halves, backwards or out of bounds is refused")
    void badPortRanges(String text) {
        assertThatThrownBy(() -> NetworkForms.portRange().read(scalar(text)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    @DisplayName("an address range holds what shares its leading bits, and nothing else")
    void addressRanges() throws InvalidValue {
        AddressRange range = NetworkForms.addressRange().read(scalar("10.1.0.0/15"));

        assertThat(range.contains(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("10.0.0.0"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
        assertThat(range.contains(InetAddress.ofLiteral("2001:db8::1"))).isFalse();
        assertThatThrownBy(() -> NetworkForms.addressRange().read(scalar("10.0.0.0/33")))
                .isInstanceOf(InvalidValue.class);
    }

    private static Yaml.Scalar scalar(String text) {
        return new Yaml.Scalar(PLACE, text, false);
    }
}
