package io.jackfield.server.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What modules cannot say about themselves (docs/ARCHITECTURE.md). */
final class Rules {
    private static final DescribedPredicate<JavaClass> PROTOCOL =
            resideInAPackage("io.jackfield.protocol..");

    /** The contact centre without its driver. */
    private static final DescribedPredicate<JavaClass> FLOOR =
            resideInAPackage("io.jackfield.contactcenter..")
                    .and(
                            DescribedPredicate.not(
                                    resideInAPackage("io.jackfield.contactcenter.runner..")));

    private static final DescribedPredicate<JavaClass> SOCKETS =
            DescribedPredicate.describe(
                    "are sockets",
                    c ->
                            c.isEquivalentTo(Socket.class)
                                    || c.isEquivalentTo(ServerSocket.class)
                                    || c.isEquivalentTo(DatagramSocket.class)
                                    || c.getPackageName().equals("java.nio.channels")
                                    || c.getPackageName().equals("java.net.http"));

    private static final DescribedPredicate<JavaClass> THREADS =
            DescribedPredicate.describe(
                    "are threads",
                    c ->
                            c.isEquivalentTo(Thread.class)
                                    || c.isEquivalentTo(Timer.class)
                                    || c.isEquivalentTo(Executors.class)
                                    || c.isEquivalentTo(CompletableFuture.class)
                                    || c.isAssignableTo(Executor.class));

    private static final Set<Class<?>> CLOCKS =
            Set.of(
                    Instant.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class);

    private static final DescribedPredicate<JavaCall<?>> READS_A_CLOCK =
            DescribedPredicate.describe("reads a clock", Rules::readsClock);

    private static final DescribedPredicate<JavaCall<?>> MAKES_RANDOMNESS =
            DescribedPredicate.describe("makes its own randomness", Rules::makesRandomness);

    private static final DescribedPredicate<JavaCall<?>> SLEEPS =
            DescribedPredicate.describe("sleeps", Rules::sleeps);

    static final ArchRule PROTOCOL_OPENS_NO_SOCKET = opensNoSocket(PROTOCOL);
    static final ArchRule PROTOCOL_STARTS_NO_THREAD = startsNoThread(PROTOCOL);
    static final ArchRule PROTOCOL_READS_NO_CLOCK = readsNoClock(PROTOCOL);
    static final ArchRule PROTOCOL_MAKES_NO_RANDOMNESS = makesNoRandomness(PROTOCOL);

    static final ArchRule FLOOR_OPENS_NO_SOCKET = opensNoSocket(FLOOR);
    static final ArchRule FLOOR_STARTS_NO_THREAD = startsNoThread(FLOOR);
    static final ArchRule FLOOR_READS_NO_CLOCK = readsNoClock(FLOOR);
    static final ArchRule FLOOR_MAKES_NO_RANDOMNESS = makesNoRandomness(FLOOR);

    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.jackfield.(**)").should().beFreeOfCycles();

    static final ArchRule NOTHING_IMPORTS_OBSERVE =
            noClasses()
                    .that(
                            DescribedPredicate.not(
                                    resideInAnyPackage(
                                            "io.jackfield.observe..",
                                            "io.jackfield.api..",
                                            "io.jackfield.server..")))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.jackfield.observe.."));

    static final ArchRule TESTS_DO_NOT_SLEEP = noClasses().should().callCodeUnitWhere(SLEEPS);

    /** A library, and the packages that may know it. */
    record Home(String library, String... packages) {
        ArchRule rule() {
            return noClasses()
                    .that(DescribedPredicate.not(resideInAnyPackage(packages)))
                    .should()
                    .dependOnClassesThat(resideInAPackage(library));
        }

        @Override
        public String toString() {
            return library;
        }
    }

    static final List<Home> LIBRARIES_STAY_AT_HOME =
            List.of(
                    new Home(
                            "org.eclipse.jetty..", "io.jackfield.api..", "io.jackfield.server.web"),
                    new Home(
                            "tools.jackson..",
                            "io.jackfield.api..",
                            "io.jackfield.storage..",
                            "io.jackfield.server"),
                    new Home("org.snakeyaml..", "io.jackfield.server.config"),
                    new Home(
                            "java.sql..",
                            "io.jackfield.storage..",
                            "io.jackfield.server",
                            "io.jackfield.server.site"),
                    new Home("org.sqlite..", "io.jackfield.storage.."),
                    new Home(
                            "org.bouncycastle..",
                            "io.jackfield.media.dtls..",
                            "io.jackfield.call.token"),
                    new Home("org.postgresql..", "io.jackfield.storage.."),
                    new Home("org.mariadb..", "io.jackfield.storage.."),
                    new Home("io.github.jaredmdobson.concentus..", "io.jackfield.media.codec"),
                    new Home("io.prometheus..", "io.jackfield.observe.."),
                    new Home("picocli..", "io.jackfield.server", "io.jackfield.loadtool.."),
                    new Home("ch.qos.logback..", "io.jackfield.server.."),
                    new Home("org.slf4j..", "io.jackfield.server.."),
                    new Home("java.util.logging..", "none"));

    private Rules() {}

    private static ArchRule opensNoSocket(DescribedPredicate<JavaClass> classes) {
        return noClasses().that(classes).should().dependOnClassesThat(SOCKETS);
    }

    private static ArchRule startsNoThread(DescribedPredicate<JavaClass> classes) {
        return noClasses().that(classes).should().dependOnClassesThat(THREADS);
    }

    private static ArchRule readsNoClock(DescribedPredicate<JavaClass> classes) {
        return noClasses().that(classes).should().callCodeUnitWhere(READS_A_CLOCK);
    }

    private static ArchRule makesNoRandomness(DescribedPredicate<JavaClass> classes) {
        return noClasses().that(classes).should().callCodeUnitWhere(MAKES_RANDOMNESS);
    }

    private static boolean readsClock(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        boolean system =
                owner.isEquivalentTo(System.class)
                        && Set.of("nanoTime", "currentTimeMillis").contains(name);
        boolean now = name.equals("now") && CLOCKS.stream().anyMatch(owner::isEquivalentTo);
        boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
        return system || now || clock;
    }

    private static boolean makesRandomness(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        boolean made =
                name.equals("<init>")
                        && (owner.isEquivalentTo(Random.class)
                                || owner.isEquivalentTo(SecureRandom.class));
        boolean current = owner.isEquivalentTo(ThreadLocalRandom.class) && name.equals("current");
        boolean uuid = owner.isEquivalentTo(UUID.class) && name.equals("randomUUID");
        boolean math = owner.isEquivalentTo(Math.class) && name.equals("random");
        return made || current || uuid || math;
    }

    private static boolean sleeps(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        return call.getName().equals("sleep")
                && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
    }
}
