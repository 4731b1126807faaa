package io.jackfield.media.socket;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A socket of {@link SocketKind#NIO}. */
final class ChannelSocket extends UdpSocket {
    private final DatagramChannel channel;

    private ChannelSocket(
            DatagramChannel channel, InetSocketAddress local, int receiveBufferBytes) {
        super(local, receiveBufferBytes);
        this.channel = channel;
    }

    static ChannelSocket open(InetSocketAddress address, int bufferBytes) throws IOException {
        boolean six = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(
                        six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.IP_TOS, TOS_EXPEDITED_FORWARDING);
            channel.bind(address);
            return new ChannelSocket(
                    channel,
                    (InetSocketAddress) channel.getLocalAddress(),
                    channel.getOption(StandardSocketOptions.SO_RCVBUF));
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress remote) {
        int position = datagram.position();
        try {
            return channel.send(datagram, remote) > 0;
        } catch (IOException | IllegalArgumentException noWay) {
            return false;
        } finally {
            datagram.position(position);
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToDo) {
            // The descriptor is gone either way.
        }
    }
}
