package io.jackfield.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jackfield.call.planted.ObservesItself;
import io.jackfield.call.planted.one.NeedsTwo;
import io.jackfield.call.planted.two.NeedsOne;
import io.jackfield.observe.planted.Listener;
import io.jackfield.protocol.planted.MakesRandomness;
import io.jackfield.protocol.planted.OpensSocket;
import io.jackfield.protocol.planted.ReadsClock;
import io.jackfield.protocol.planted.StartsThread;
import io.jackfield.server.planted.Sleeps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The architecture")
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of(
                    "protocol",
                    "media",
                    "call",
                    "contactcenter",
                    "storage",
                    "observe",
                    "api",
                    "server");
    private static final JavaClasses CODE = classes("classes");
    private static final JavaClasses TESTS = classes("test-classes");

    @Nested
    @DisplayName("of protocol: bytes and rules, nothing else")
    class Protocol {
        @Test
        @DisplayName("it opens no socket")
        void opensNoSocket() {
            Rules.PROTOCOL_OPENS_NO_SOCKET.check(CODE);
        }

        @Test
        @DisplayName("it starts no thread")
        void startsNoThread() {
            Rules.PROTOCOL_STARTS_NO_THREAD.check(CODE);
        }

        @Test
        @DisplayName("it reads no clock: time comes in as an argument")
        void readsNoClock() {
            Rules.PROTOCOL_READS_NO_CLOCK.check(CODE);
        }

        @Test
        @DisplayName("it makes no randomness: that comes in the same way")
        void makesNoRandomness() {
            Rules.PROTOCOL_MAKES_NO_RANDOMNESS.check(CODE);
        }
    }

    @Nested
    @DisplayName("of the contact centre's rules: agents and queues as functions")
    class ContactCenter {
        @Test
        @DisplayName("they open no socket")
        void openNoSocket() {
            Rules.FLOOR_OPENS_NO_SOCKET.check(CODE);
        }

        @Test
        @DisplayName("they start no thread")
        void startNoThread() {
            Rules.FLOOR_STARTS_NO_THREAD.check(CODE);
        }

        @Test
        @DisplayName("they read no clock: time comes in as an argument")
        void readNoClock() {
            Rules.FLOOR_READS_NO_CLOCK.check(CODE);
        }

        @Test
        @DisplayName("they make no randomness: the same events give the same floor")
        void makeNoRandomness() {
            Rules.FLOOR_MAKES_NO_RANDOMNESS.check(CODE);
        }
    }

    @Test
    @DisplayName("has no cycles between packages")
    void hasNoCycles() {
        Rules.PACKAGES_HAVE_NO_CYCLES.check(CODE);
    }

    @Test
    @DisplayName("lets nothing but the API and the assembly know who observes")
    void nothingImportsObserve() {
        Rules.NOTHING_IMPORTS_OBSERVE.check(CODE);
    }

    static Stream<Rules.Home> libraries() {
        return Rules.LIBRARIES_STAY_AT_HOME.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("libraries")
    @DisplayName("keeps each library in the package that uses it")
    void librariesStayAtHome(Rules.Home home) {
        home.rule().allowEmptyShould(true).check(CODE);
    }

    @Test
    @DisplayName("is tested without sleeping")
    void testsDoNotSleep() {
        Rules.TESTS_DO_NOT_SLEEP.check(TESTS);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of(Rules.PROTOCOL_OPENS_NO_SOCKET, List.of(OpensSocket.class)),
                Arguments.of(Rules.PROTOCOL_STARTS_NO_THREAD, List.of(StartsThread.class)),
                Arguments.of(Rules.PROTOCOL_READS_NO_CLOCK, List.of(ReadsClock.class)),
                Arguments.of(Rules.PROTOCOL_MAKES_NO_RANDOMNESS, List.of(MakesRandomness.class)),
                floor(
                        Rules.FLOOR_OPENS_NO_SOCKET,
                        io.jackfield.contactcenter.planted.OpensSocket.class),
                floor(
                        Rules.FLOOR_STARTS_NO_THREAD,
                        io.jackfield.contactcenter.planted.StartsThread.class),
                floor(
                        Rules.FLOOR_READS_NO_CLOCK,
                        io.jackfield.contactcenter.planted.ReadsClock.class),
                floor(
                        Rules.FLOOR_MAKES_NO_RANDOMNESS,
                        io.jackfield.contactcenter.planted.MakesRandomness.class),
                Arguments.of(
                        Rules.PACKAGES_HAVE_NO_CYCLES, List.of(NeedsOne.class, NeedsTwo.class)),
                Arguments.of(
                        Rules.NOTHING_IMPORTS_OBSERVE,
                        List.of(ObservesItself.class, Listener.class)),
                Arguments.of(Rules.TESTS_DO_NOT_SLEEP, List.of(Sleeps.class)),
                Arguments.of(
                        new Rules.Home("java.net..", "io.jackfield.media..").rule(),
                        List.of(OpensSocket.class)));
    }

    private static Arguments floor(ArchRule rule, Class<?> planted) {
        return Arguments.of(rule, List.of(planted));
    }

    @ParameterizedTest
    @MethodSource("violations")
    @DisplayName("is held by rules that a planted violation breaks")
    void rulesCanFail(ArchRule rule, List<Class<?>> planted) {
        JavaClasses classes = new ClassFileImporter().importClasses(planted);

        assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is looked at as a whole: every module's classes are there")
    void seesEverything() {
        for (String module : MODULES) {
            assertThat(CODE.stream().anyMatch(c -> c.getPackageName().contains("." + module)))
                    .as(module)
                    .isTrue();
        }
        assertThat(TESTS).isNotEmpty();
    }

    /** The modules' own output folders: the class path has only this module's tests. */
    private static JavaClasses classes(String folder) {
        List<Path> folders =
                MODULES.stream()
                        .map(module -> Path.of("..", module, "target", folder))
                        .filter(Files::isDirectory)
                        .toList();
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/planted/"))
                .importPaths(folders);
    }
}
