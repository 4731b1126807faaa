package io.jackfield.observe.hep;

import io.jackfield.observe.ladder.LadderAddresses;
import io.jackfield.observe.ladder.SeenRow;
import io.jackfield.storage.ladder.LadderRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends every SIP message that is seen, and what RTCP says, to all capture servers: without its
 * secrets, and with one correlation id for both legs of a call.
 *
 * <p>Thread-safety: {@link #take} from one thread at a time, the rest from any.
 */
public final class HepExport implements AutoCloseable {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final List<HepSender> senders;
    private final int captureId;
    private final Optional<String> password;
    private final AtomicLong tooLong = new AtomicLong();

    /** How one server does. */
    public record State(HepTarget target, boolean connected, long sent, long dropped) {}

    /**
     * Starts it.
     *
     * @param captureId told in every packet; unsigned 32 bits
     * @param password that the servers ask for
     */
    public HepExport(List<HepTarget> targets, int captureId, Optional<String> password) {
        senders = targets.stream().map(HepSender::new).toList();
        this.captureId = captureId;
        this.password = password;
    }

    /** Takes a row; at once. */
    public void take(SeenRow seen) {
        LadderRow row = seen.row();
        if (row.kind() == LadderRow.Kind.SIP) {
            send(
                    row,
                    HepPacket.Protocol.SIP,
                    row.transport().equals("UDP") ? UDP : TCP,
                    seen.correlation(),
                    row.text());
        } else if (row.kind() == LadderRow.Kind.RTCP
                && !row.transport().isEmpty()
                && !row.text().isEmpty()) {
            send(row, HepPacket.Protocol.RTCP_JSON, UDP, seen.correlation(), row.text());
        }
    }

    private void send(
            LadderRow row,
            HepPacket.Protocol protocol,
            int transport,
            String correlation,
            String text) {
        Optional<byte[]> packet =
                new HepPacket(
                                LadderAddresses.of(row),
                                transport,
                                row.atMicros(),
                                protocol,
                                correlation,
                                text)
                        .encode(captureId, password);
        if (packet.isEmpty()) {
            tooLong.incrementAndGet();
        }
        packet.ifPresent(bytes -> senders.forEach(sender -> sender.offer(bytes)));
    }

    /** How each server does. */
    public List<State> states() {
        return senders.stream()
                .map(s ->
                        new State(s.target(), s.connected(), s.sent(), s.dropped() + tooLong.get()))
                .toList();
    }

    @Override
    public void close() {
        senders.forEach(HepSender::close);
    }
}
