package io.jackfield.server.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Ends connections that take too long over their request line and headers. Jetty's idle timeout
 * starts anew with every byte, so a byte now and then would hold a connection for ever.
 *
 * <p>Thread-safety: any thread. Memory is bounded by the connections that are open.
 */
final class SlowConnections extends Handler.Wrapper implements Connection.Listener {
    /** For a TLS handshake of 5 s and headers of 5 s. */
    static final Duration FIRST_REQUEST_WITHIN = Duration.ofSeconds(10);

    /** How long a connection may wait between two requests. */
    static final Duration NEXT_REQUEST_WITHIN = Duration.ofSeconds(30);

    private final Map<Connection, Long> deadlinesNanos = new ConcurrentHashMap<>();

    SlowConnections(Handler handler) {
        super(handler);
    }

    /** HTTP connections only: they can be upgraded, those to which they are upgraded cannot. */
    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof Connection.UpgradeFrom) {
            expect(connection, FIRST_REQUEST_WITHIN);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        deadlinesNanos.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (deadlinesNanos.remove(connection) != null) {
            Request.addCompletionListener(request, _ -> expect(connection, NEXT_REQUEST_WITHIN));
        }
        return super.handle(request, response, callback);
    }

    private void expect(Connection connection, Duration within) {
        deadlinesNanos.put(connection, System.nanoTime() + within.toNanos());
    }

    /** Ends what is overdue. */
    void tick(long nowNanos) {
        deadlinesNanos.forEach((connection, deadline) -> {
            if (deadline - nowNanos <= 0) {
                deadlinesNanos.remove(connection);
                closeUnlessUpgraded(connection);
            }
        });
    }

    private static void closeUnlessUpgraded(Connection connection) {
        if (connection.equals(connection.getEndPoint().getConnection())) {
            connection.getEndPoint().close();
        }
    }

    int waiting() {
        return deadlinesNanos.size();
    }
}
