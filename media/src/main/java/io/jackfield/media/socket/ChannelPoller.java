package io.jackfield.media.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** Waits with the JDK's selector. */
final class ChannelPoller implements Poller {
    private final Selector selector;
    private final Receiver receiver;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(UdpSocket.DATAGRAM_BYTES_MAX + UdpSocket.ROOM_BYTES);
    private final Consumer<SelectionKey> ready = this::receive;

    ChannelPoller(Receiver receiver) throws IOException {
        this.selector = Selector.open();
        this.receiver = receiver;
    }

    @Override
    public void register(UdpSocket socket, PacketHandler handler) throws IOException {
        if (!(socket instanceof ChannelSocket ours)) {
            throw new IllegalArgumentException("a socket of another kind");
        }
        ours.channel().register(selector, SelectionKey.OP_READ, handler);
    }

    @Override
    public void poll(long waitMillis) throws IOException {
        if (waitMillis == 0) {
            selector.selectNow(ready);
        } else {
            selector.select(ready, waitMillis);
        }
    }

    private void receive(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        PacketHandler handler = (PacketHandler) key.attachment();
        int left = MediaLoop.PACKETS_PER_TURN;
        while (left > 0 && channel.isOpen() && receiveOne(channel, handler)) {
            left--;
        }
    }

    private boolean receiveOne(DatagramChannel channel, PacketHandler handler) {
        buffer.clear().limit(UdpSocket.DATAGRAM_BYTES_MAX);
        try {
            SocketAddress from = channel.receive(buffer);
            if (from == null) {
                return false;
            }
            receiver.packet(handler, buffer.flip(), (InetSocketAddress) from);
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
