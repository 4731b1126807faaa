package io.jackfield.protocol.sip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream into SIP messages and keep-alives (RFC 3261 §18.3, RFC 5626 §3.5.1).
 *
 * <p>Holds at most one message of {@link SipParser#MESSAGE_MAX} bytes; what is longer, or does not
 * tell its length once and plainly, ends the stream, since nobody can say where the next message
 * begins. How long a peer may take to finish a message is the driver's clock to measure; {@link
 * #isWithinMessage} tells it when to.
 *
 * <p>Thread-safety: one thread, that of the connection.
 */
public final class StreamFramer {
    /** What was cut from the stream. */
    public sealed interface Piece {
        /** One whole message for {@link SipParser}, with {@link Framing#STREAM}. */
        // Handed on once and never compared.
        @SuppressWarnings("ArrayRecordComponent")
        record Message(byte[] bytes) implements Piece {}

        /**
         * A line break between messages.
         *
         * @param answerDue true for a ping: send {@link SipParser#pong}; false for a pong
         */
        record KeepAlive(boolean answerDue) implements Piece {}

        /** The end of what can be understood: send the answer if there is one, then close. */
        record Broken(ParseFailure failure) implements Piece {}
    }

    private static final int BAD_REQUEST = 400;
    private static final int MESSAGE_TOO_LARGE = 513;
    private static final int BUFFER_LENGTH_START = 1024;
    private static final int BUFFER_LENGTH_IDLE_MAX = 8 * 1024;
    private static final int LENGTH_UNKNOWN = -1;

    private byte[] buffer = new byte[BUFFER_LENGTH_START];
    private int size;
    private int scanned;
    private int messageLength = LENGTH_UNKNOWN;
    private boolean halfPing;
    private boolean broken;

    /** A framer at the beginning of a connection. */
    public StreamFramer() {}

    /**
     * Takes all bytes of {@code input} and gives what is complete, in order. After {@link
     * Piece.Broken} all further input is dropped.
     */
    public List<Piece> feed(ByteBuffer input) {
        List<Piece> pieces = new ArrayList<>();
        while (input.hasRemaining() && !broken) {
            store(input);
            cut(pieces);
        }
        input.position(input.limit());
        return pieces;
    }

    /** True when a message has begun and not ended, so that a time limit should be running. */
    public boolean isWithinMessage() {
        return size > 0 && !broken;
    }

    private void store(ByteBuffer input) {
        int count = Math.min(input.remaining(), SipParser.MESSAGE_MAX - size);
        if (size + count > buffer.length) {
            int length = Math.max(size + count, Math.min(2 * buffer.length, SipParser.MESSAGE_MAX));
            buffer = Arrays.copyOf(buffer, length);
        }
        input.get(buffer, size, count);
        size += count;
    }

    private void cut(List<Piece> pieces) {
        int from = 0;
        int next = piece(from, pieces);
        while (next > from) {
            from = next;
            next = piece(from, pieces);
        }
        discard(from);
        if (size == SipParser.MESSAGE_MAX && !broken) {
            end(pieces, failure(0, new Malformed(MESSAGE_TOO_LARGE, size, "message is too long")));
        }
    }

    /** Cuts the piece that begins at {@code from}; gives where the next begins. */
    private int piece(int from, List<Piece> pieces) {
        if (broken || from == size) {
            return from;
        }
        if (messageLength == LENGTH_UNKNOWN && scanned <= from && buffer[from] == '\r') {
            return lineBreak(from, pieces);
        }
        halfPing = false;
        if (messageLength == LENGTH_UNKNOWN) {
            findLength(from, pieces);
        }
        if (messageLength == LENGTH_UNKNOWN || size - from < messageLength) {
            return from;
        }
        int end = from + messageLength;
        pieces.add(new Piece.Message(Arrays.copyOfRange(buffer, from, end)));
        messageLength = LENGTH_UNKNOWN;
        scanned = end;
        return end;
    }

    /** Two line breaks are a ping; one alone is a pong, or the first half of a ping cut in two. */
    private int lineBreak(int from, List<Piece> pieces) {
        if (from + 1 == size) {
            return from;
        }
        if (buffer[from + 1] != '\n') {
            end(pieces, failure(from, new Malformed(BAD_REQUEST, from, "lone CR")));
            return size;
        }
        if (halfPing) {
            halfPing = false;
            keepAlive(pieces, true);
        } else if (from + 3 < size && buffer[from + 2] == '\r' && buffer[from + 3] == '\n') {
            keepAlive(pieces, true);
            return from + 4;
        } else {
            halfPing = true;
            keepAlive(pieces, false);
        }
        return from + 2;
    }

    /** One piece for several in a row: who sends a flood of pings gets one answer a read. */
    private static void keepAlive(List<Piece> pieces, boolean answerDue) {
        Piece piece = new Piece.KeepAlive(answerDue);
        if (pieces.isEmpty() || !pieces.getLast().equals(piece)) {
            pieces.add(piece);
        }
    }

    /** Looks for the empty line, each byte once, and then for the length. */
    private void findLength(int from, List<Piece> pieces) {
        int i = Math.max(from, scanned);
        while (i + 3 < size && !isHeadEnd(i)) {
            i++;
        }
        scanned = i;
        if (i + 3 >= size) {
            return;
        }
        int headEnd = i + 4;
        switch (StreamLength.of(buffer, from, headEnd)) {
            case StreamLength.Body(int length) -> messageLength = headEnd - from + length;
            case StreamLength.Unknown(var failure) -> end(pieces, failure);
        }
    }

    private boolean isHeadEnd(int at) {
        return buffer[at] == '\r'
                && buffer[at + 1] == '\n'
                && buffer[at + 2] == '\r'
                && buffer[at + 3] == '\n';
    }

    private ParseFailure failure(int from, Malformed malformed) {
        return SipParser.failure(HeadScanner.scan(buffer, from, size), malformed, from);
    }

    private void end(List<Piece> pieces, ParseFailure failure) {
        broken = true;
        pieces.add(new Piece.Broken(failure));
    }

    /** Drops what was cut; a buffer that one large message made large is given back. */
    private void discard(int count) {
        if (count == 0 && !broken) {
            return;
        }
        int rest = broken ? 0 : size - count;
        boolean shrink = rest < BUFFER_LENGTH_START && buffer.length > BUFFER_LENGTH_IDLE_MAX;
        byte[] next = shrink || broken ? new byte[BUFFER_LENGTH_START] : buffer;
        System.arraycopy(buffer, count, next, 0, rest);
        buffer = next;
        size = rest;
        scanned = Math.max(0, scanned - count);
    }
}
