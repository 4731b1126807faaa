package io.jackfield.server.listener;

import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.tls.SipTls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One TCP port for SIP, plain or TLS, bound to one address.
 *
 * <p>Thread-safety: any thread may close; a platform thread accepts.
 */
final class SipStreamListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SipStreamListener.class.getName());
    private static final int BACKLOG = 256;

    /**
     * When accepting fails (out of handles), trying again at once would only burn the processor.
     */
    private static final long PAUSE_NANOS = 100_000_000;

    private final ServerSocket server;
    private final Optional<SipTls> tls;
    private final StreamFlows flows;
    private final SipReceiver receiver;
    private final Thread thread;

    private SipStreamListener(
            ServerSocket server, Optional<SipTls> tls, StreamFlows flows, SipReceiver receiver) {
        this.server = server;
        this.tls = tls;
        this.flows = flows;
        this.receiver = receiver;
        this.thread =
                Thread.ofPlatform()
                        .name("sip-" + transport().uriParameter() + "-" + server.getLocalPort())
                        .unstarted(this::run);
    }

    /**
     * Binds and begins to accept.
     *
     * @param tls empty for plain TCP
     * @throws CannotListenException when the address cannot be bound
     */
    static SipStreamListener open(
            InetSocketAddress address,
            String setting,
            Optional<SipTls> tls,
            StreamFlows flows,
            SipReceiver receiver) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
            SipStreamListener listener = new SipStreamListener(server, tls, flows, receiver);
            listener.thread.start();
            return listener;
        } catch (IOException refused) {
            String what = tls.isPresent() ? "SIP over TLS" : "SIP over TCP";
            throw new CannotListenException(what, address, setting, refused);
        }
    }

    InetSocketAddress local() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private Transport transport() {
        return tls.isPresent() ? Transport.TLS : Transport.TCP;
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                accepted(server.accept());
            } catch (IOException refused) {
                if (!server.isClosed()) {
                    LOG.log(Level.WARNING, "accept failed reason={0}", refused.toString());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void accepted(Socket socket) throws IOException {
        Optional<StreamFlow> flow =
                flows.accepted(
                        transport(),
                        (InetSocketAddress) socket.getRemoteSocketAddress(),
                        local(),
                        receiver);
        if (flow.isEmpty()) {
            socket.close();
            return;
        }
        flow.get().attach(socket);
        Thread.ofVirtual().name(flow.get().id()).start(() -> serve(flow.get(), socket));
    }

    private void serve(StreamFlow flow, Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            if (tls.isPresent()) {
                SipTls.Handshake done = tls.get().accept(socket);
                flow.run(done.socket(), done.peerName());
            } else {
                flow.run(socket, Optional.empty());
            }
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "flow={0} failed reason={1}", flow.id(), broken.toString());
            flow.end();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.join(java.time.Duration.ofSeconds(1));
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "close failed reason={0}", broken.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
