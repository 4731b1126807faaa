package io.jackfield.media.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * An attacker on the path: passes on what a phone and the server say, keeps it, and can say more in
 * the phone's place.
 */
final class Middle implements AutoCloseable {
    private static final int DATAGRAM_MAX = 2_048;

    private final DatagramChannel front;
    private final DatagramChannel back;
    private final InetSocketAddress server;
    private final List<byte[]> fromPhone = new CopyOnWriteArrayList<>();
    private volatile SocketAddress phone;
    private volatile Predicate<byte[]> passes = _ -> true;

    Middle(InetSocketAddress server) throws IOException {
        this.server = server;
        front = open();
        back = open();
        Thread.ofVirtual().start(this::toServer);
        Thread.ofVirtual().start(this::toPhone);
    }

    private static DatagramChannel open() throws IOException {
        return DatagramChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where the phone believes the server is. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) front.getLocalAddress();
    }

    /** Only what passes reaches the server. */
    void letPass(Predicate<byte[]> what) {
        passes = what;
    }

    /** What the phone has said, in order. */
    List<byte[]> heard() {
        return fromPhone;
    }

    /** SRTP packets the phone has said. */
    List<byte[]> heardMedia() {
        return fromPhone.stream().filter(Middle::isRtp).toList();
    }

    static boolean isRtp(byte[] datagram) {
        int first = datagram[0] & 0xFF;
        int second = datagram[1] & 0xFF;
        return first >= 128 && first <= 191 && !(second >= 192 && second <= 223);
    }

    /** Says this to the server in the phone's place. */
    void inject(byte[] datagram) throws IOException {
        back.send(ByteBuffer.wrap(datagram), server);
    }

    private void toServer() {
        relay(
                front,
                (datagram, from) -> {
                    phone = from;
                    fromPhone.add(datagram);
                    if (passes.test(datagram)) {
                        inject(datagram);
                    }
                });
    }

    private void toPhone() {
        relay(
                back,
                (datagram, _) -> {
                    if (phone != null) {
                        front.send(ByteBuffer.wrap(datagram), phone);
                    }
                });
    }

    private interface Onward {
        void take(byte[] datagram, SocketAddress from) throws IOException;
    }

    private static void relay(DatagramChannel channel, Onward onward) {
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_MAX);
        try {
            while (true) {
                SocketAddress from = channel.receive(buffer.clear());
                onward.take(Arrays.copyOf(buffer.array(), buffer.flip().remaining()), from);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        back.close();
    }
}
