package io.jackfield.storage.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file of ladders")
class LadderStoreTest {
    private static final long SECOND = 1_000_000;
    private static final LadderLimits LIMITS = new LadderLimits(Duration.ofDays(1), 2 << 20);

    @TempDir private Path folder;
    private Path file;
    private LadderStore store;
    private LadderReader reader;

    @BeforeEach
    void open() {
        file = folder.resolve("ladder.db");
        store = LadderStore.open(file, LIMITS);
        reader = new LadderReader(file);
    }

    @AfterEach
    void close() {
        reader.close();
        store.close();
    }

    @Test
    @DisplayName("gives back a call as it was written, its rows by time")
    void givesBack() throws LadderUnavailable {
        LadderRow late = row(1, 20, "INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n\r\n");
        LadderRow early = row(1, 10, "");
        store.append(
                List.of(
                        new LadderChange.Began(call(1, "c1", 5, "1001", "1002")),
                        new LadderChange.Dialog(1, "sip-1", "c1-1", "1001"),
                        new LadderChange.Row(late),
                        new LadderChange.Row(early)));
        store.append(List.of(new LadderChange.Ended(1, 30, "busy", 486)));
        Ladder ladder = reader.read("c1").orElseThrow();
        assertThat(ladder.head())
                .isEqualTo(
                        new LadderHead(
                                1, "c1", LadderHead.Kind.CALL, 5, 30, "1001", "1002", "busy", 486));
        assertThat(ladder.dialogs())
                .containsExactly(new LadderChange.Dialog(1, "sip-1", "c1-1", "1001"));
        assertThat(ladder.rows()).containsExactly(early, late);
        assertThat(reader.read("c2")).isEmpty();
        assertThat(store.lastKey()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(permissions())).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("finds by number, party, Call-ID, cause, status and time, newest first, in pages")
    void finds() throws LadderUnavailable {
        for (int i = 1; i <= 30; i++) {
            store.append(
                    List.of(
                            new LadderChange.Began(
                                    call(i, "c" + i, i * SECOND, "100" + i % 3, "8495000000" + i)),
                            new LadderChange.Dialog(i, "sip-" + i, "1", "100" + i % 3),
                            new LadderChange.Ended(
                                    i,
                                    i * SECOND + 1,
                                    i % 2 == 0 ? "Busy here" : "normal",
                                    i % 2 == 0 ? 486 : 200)));
        }
        assertThat(ids(query().limit(4))).containsExactly("c30", "c29", "c28", "c27");
        assertThat(ids(query().before(27).limit(2))).containsExactly("c26", "c25");
        assertThat(ids(query().number("84950000007"))).containsExactly("c7");
        assertThat(ids(query().number("00029"))).containsExactly("c29");
        assertThat(ids(query().party("1002"))).hasSize(10).contains("c29");
        assertThat(ids(query().sipCallId("sip-12"))).containsExactly("c12");
        assertThat(ids(query().cause("BUSY"))).hasSize(15).doesNotContain("c29");
        assertThat(ids(query().status(200))).hasSize(15).doesNotContain("c30");
        assertThat(ids(query().from(28 * SECOND).until(30 * SECOND))).containsExactly("c29", "c28");
        assertThat(ids(query().number("'; DROP TABLE ladder; --"))).isEmpty();
        assertThat(ids(query().number("%"))).isEmpty();
    }

    @Test
    @DisplayName("loses what is too old, with all its rows")
    void losesOld() throws LadderUnavailable {
        Instant now = Instant.ofEpochSecond(1_000_000);
        long old = (now.getEpochSecond() - 86_401) * SECOND;
        long young = (now.getEpochSecond() - 86_399) * SECOND;
        store.append(
                List.of(
                        new LadderChange.Began(call(1, "old", old, "1", "2")),
                        new LadderChange.Dialog(1, "sip-1", "1", "1001"),
                        new LadderChange.Row(row(1, old, "x")),
                        new LadderChange.Began(call(2, "young", young, "1", "2")),
                        new LadderChange.Row(row(2, young, "x"))));
        assertThat(store.sweep(now)).isTrue();
        assertThat(store.sweep(now)).isFalse();
        assertThat(reader.read("old")).isEmpty();
        assertThat(reader.read("young").orElseThrow().rows()).hasSize(1);
        assertThat(ids(query().sipCallId("sip-1"))).isEmpty();
    }

    @Test
    @DisplayName("stays within its size; the newest stay")
    void staysSmall() throws LadderUnavailable, IOException, SQLException {
        long key = 0;
        String noise = "0123456789abcdef".repeat(20);
        for (int round = 0; round < 40; round++) {
            List<LadderChange> changes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                key++;
                changes.add(new LadderChange.Began(call(key, "c" + key, key, "1", "2")));
                for (int r = 0; r < 10; r++) {
                    changes.add(new LadderChange.Row(row(key, r, noise + key * 31 + r * 7919)));
                }
            }
            store.append(changes);
            while (store.sweep(Instant.EPOCH)) {
                assertThat(store.usedBytes()).isLessThan(2 * LIMITS.bytesMax());
            }
        }
        assertThat(store.usedBytes()).isLessThanOrEqualTo(LIMITS.bytesMax());
        assertThat(Files.size(file)).isLessThan(2 * LIMITS.bytesMax());
        assertThat(reader.read("c" + key).orElseThrow().rows()).hasSize(10);
        assertThat(reader.read("c1")).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "jackfield.ladders",
            matches = "\\d+",
            disabledReason = "by hand: -Djackfield.ladders=100000")
    @DisplayName("opens one of very many quickly")
    void many() throws LadderUnavailable, IOException {
        int calls = Integer.getInteger("jackfield.ladders");
        store.close();
        store = LadderStore.open(file, new LadderLimits(Duration.ofDays(30), 1L << 40));
        String message =
                "INVITE sip:1002@example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK%d"
                        + "\r\nMax-Forwards: 70\r\nCall-ID: %d\r\nCSeq: 1 INVITE\r\n\r\n"
                        + "a=rtpmap:111 opus/48000/2\r\na=candidate:1 1 udp 2113937151 192.168.1.7"
                        + " 51112 typ host\r\n".repeat(10);
        for (int from = 1; from <= calls; from += 100) {
            List<LadderChange> changes = new ArrayList<>();
            for (int i = from; i < from + 100; i++) {
                changes.add(
                        new LadderChange.Began(call(i, "c" + i, i * SECOND, "1001", "8495" + i)));
                changes.add(new LadderChange.Dialog(i, "sip-" + i, "1", "1001"));
                for (int r = 0; r < 14; r++) {
                    changes.add(
                            new LadderChange.Row(row(i, r, String.format(message, i * 31 + r, i))));
                }
            }
            store.append(changes);
        }
        List<Long> opened = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            long begun = System.nanoTime();
            assertThat(reader.read("c" + (calls / 50 * i)).orElseThrow().rows()).hasSize(14);
            opened.add((System.nanoTime() - begun) / 1_000);
        }
        long begun = System.nanoTime();
        assertThat(ids(query().number("8495" + calls / 2))).contains("c" + calls / 2);
        long found = (System.nanoTime() - begun) / 1_000;
        opened.sort(null);
        System.out.printf(
                "%d calls, %d MiB: opened in %d µs (median), %d at worst; found by number in %d µs%n",
                calls, Files.size(file) >> 20, opened.get(25), opened.getLast(), found);
    }

    @Test
    @DisplayName("knows after a kill which calls had no end")
    void afterKill() throws LadderUnavailable {
        store.append(List.of(new LadderChange.Began(call(1, "c1", 5, "1", "2"))));
        store.close();
        store = LadderStore.open(file, LIMITS);
        assertThat(reader.read("c1").orElseThrow().head().cause())
                .isEqualTo("the server went down");
    }

    @Test
    @DisplayName("is begun anew when it is damaged, and what was there is put aside")
    void damaged() throws LadderUnavailable, IOException {
        store.close();
        Files.writeString(file, "this is no database, and never was one ".repeat(100));
        store = LadderStore.open(file, LIMITS);
        store.append(List.of(new LadderChange.Began(call(1, "c1", 5, "1", "2"))));
        assertThat(reader.read("c1")).isPresent();
        assertThat(folder.resolve("ladder.db.damaged")).isRegularFile();
    }

    @Test
    @DisplayName("packs what SIP always says into little, and refuses what it has not packed")
    void packs() throws DataFormatException {
        try (PackedText packed = new PackedText()) {
            String message =
                    "SIP/2.0 200 OK\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nMax-Forwards:"
                            + " 70\r\nCSeq: 1 INVITE\r\n\r\n";
            assertThat(packed.unpack(packed.pack(message))).isEqualTo(message);
            assertThat(packed.pack(message)).hasSizeLessThan(message.length() / 2);
            assertThat(packed.unpack(packed.pack(""))).isEmpty();
            byte[] cut = Arrays.copyOf(packed.pack(message), 8);
            assertThatThrownBy(() -> packed.unpack(cut)).isInstanceOf(DataFormatException.class);
        }
    }

    // ---- what is written and asked

    private static LadderHead call(long key, String id, long began, String caller, String callee) {
        return new LadderHead(key, id, LadderHead.Kind.CALL, began, 0, caller, callee, "", 0);
    }

    private static LadderRow row(long ladder, long at, String text) {
        return new LadderRow(
                ladder,
                at,
                LadderRow.Kind.SIP,
                "c1-1",
                true,
                "UDP",
                "192.0.2.1:5060",
                "192.0.2.2:5060",
                "INVITE",
                text);
    }

    private Set<PosixFilePermission> permissions() {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private List<String> ids(Asked asked) throws LadderUnavailable {
        return reader.find(asked.query()).stream().map(LadderHead::id).toList();
    }

    private static Asked query() {
        return new Asked();
    }

    /** A query part by part. */
    private static final class Asked {
        private Optional<String> number = Optional.empty();
        private Optional<String> party = Optional.empty();
        private Optional<String> sipCallId = Optional.empty();
        private Optional<String> cause = Optional.empty();
        private OptionalInt status = OptionalInt.empty();
        private OptionalLong from = OptionalLong.empty();
        private OptionalLong until = OptionalLong.empty();
        private OptionalLong before = OptionalLong.empty();
        private int limit = 50;

        Asked number(String wanted) {
            number = Optional.of(wanted);
            return this;
        }

        Asked party(String wanted) {
            party = Optional.of(wanted);
            return this;
        }

        Asked sipCallId(String wanted) {
            sipCallId = Optional.of(wanted);
            return this;
        }

        Asked cause(String wanted) {
            cause = Optional.of(wanted);
            return this;
        }

        Asked status(int wanted) {
            status = OptionalInt.of(wanted);
            return this;
        }

        Asked from(long micros) {
            from = OptionalLong.of(micros);
            return this;
        }

        Asked until(long micros) {
            until = OptionalLong.of(micros);
            return this;
        }

        Asked before(long key) {
            before = OptionalLong.of(key);
            return this;
        }

        Asked limit(int most) {
            limit = most;
            return this;
        }

        LadderQuery query() {
            return new LadderQuery(
                    number, party, sipCallId, cause, status, from, until, before, limit);
        }
    }
}
