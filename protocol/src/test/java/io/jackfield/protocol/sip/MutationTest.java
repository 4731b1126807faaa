package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code -Djackfield.mutations=1000000} asks for more messages, {@code -Djackfield.seed=…} for the
 * same ones again.
 */
@DisplayName("Mutated messages (reliability: no throwable, no input over 50 ms)")
class MutationTest {
    private static final int MUTATIONS_DEFAULT = 100_000;
    private static final long NANOS_MAX = 50_000_000;

    /** Datagrams more often: a changed length alone makes the others refuse. */
    private static final List<Framing> FRAMINGS =
            List.of(Framing.DATAGRAM, Framing.STREAM, Framing.DATAGRAM, Framing.WEB_SOCKET);

    private static final int SECOND_LOOKS = 5;

    @Test
    @DisplayName("never throw, never take long, and are equal when written and read again")
    @SuppressWarnings("SystemOut") // a test's report
    void mutations() {
        int count = Integer.getInteger("jackfield.mutations", MUTATIONS_DEFAULT);
        Mutator mutator = new Mutator(seeds(), Seed.printed("sip mutations").random());
        int parsed = 0;
        long slowest = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutator.next();
            Framing framing = FRAMINGS.get(i % FRAMINGS.size());
            long began = System.nanoTime();
            parsed += check(bytes, framing) ? 1 : 0;
            slowest = Math.max(slowest, settled(bytes, framing, System.nanoTime() - began));
        }
        System.out.printf(
                "%d mutated messages, %d parsed, slowest %d us%n", count, parsed, slowest / 1000);
        assertThat(slowest).isLessThan(NANOS_MAX);
        assertThat(parsed).as("both ways are walked").isBetween(count / 20, count - count / 20);
    }

    @Test
    @DisplayName("cut into any pieces, a stream gives the same as at once")
    void streams() {
        int count = Integer.getInteger("jackfield.mutations", MUTATIONS_DEFAULT) / 20;
        Seed seed = Seed.printed("sip stream mutations");
        Mutator mutator = new Mutator(seeds(), seed.random());
        var random = seed.part(1).random();
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutator.next();
            List<String> atOnce = described(new StreamFramer().feed(ByteBuffer.wrap(bytes)));
            List<String> inPieces = new ArrayList<>();
            StreamFramer framer = new StreamFramer();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
                inPieces.addAll(described(framer.feed(ByteBuffer.wrap(bytes, at, length))));
                at += length;
            }
            assertThat(inPieces).isEqualTo(atOnce);
        }
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(SipCorpora.torture().values());
        seeds.addAll(SipCorpora.filesIfThere("sip-real").values());
        SipCorpora.filesIfThere("fuzz-seeds/sip").values().stream()
                .map(CorporaTest::withCrlf)
                .forEach(seeds::add);
        return seeds;
    }

    private static boolean check(byte[] bytes, Framing framing) {
        try {
            return RoundTrip.check(bytes, framing);
        } catch (Throwable thrown) {
            throw new AssertionError(framing + " " + HexFormat.of().formatHex(bytes), thrown);
        }
    }

    /** A long time may be another's who shares the processor: the shortest of a few counts. */
    private static long settled(byte[] bytes, Framing framing, long nanos) {
        long shortest = nanos;
        for (int i = 0; i < SECOND_LOOKS && shortest > NANOS_MAX / 10; i++) {
            long began = System.nanoTime();
            check(bytes, framing);
            shortest = Math.min(shortest, System.nanoTime() - began);
        }
        return shortest;
    }

    /** Keep-alives are left out: a ping cut in two is seen as a pong and a ping. */
    private static List<String> described(List<StreamFramer.Piece> pieces) {
        List<String> list = new ArrayList<>();
        for (StreamFramer.Piece piece : pieces) {
            switch (piece) {
                case StreamFramer.Piece.Message(byte[] bytes) ->
                        list.add(HexFormat.of().formatHex(bytes));
                case StreamFramer.Piece.Broken(ParseFailure failure) ->
                        list.add(failure.toString());
                case StreamFramer.Piece.KeepAlive _ -> {}
            }
        }
        return list;
    }
}
