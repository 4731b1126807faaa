package io.jackfield.call.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands every event to every listener, on the thread that publishes it.
 *
 * <p>Thread-safety: any thread. Listeners must be quick, must not block and must not throw; one
 * that throws is logged once and taken off.
 */
public final class Events {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());

    private final List<Consumer<PbxEvent>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<PbxEvent> listener) {
        listeners.add(listener);
    }

    public void publish(PbxEvent event) {
        List<Consumer<PbxEvent>> broken =
                listeners.stream().filter(listener -> !accepts(listener, event)).toList();
        if (!broken.isEmpty()) {
            listeners.removeAll(broken);
        }
    }

    private static boolean accepts(Consumer<PbxEvent> listener, PbxEvent event) {
        try {
            listener.accept(event);
            return true;
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "event listener failed and was taken off", broken);
            return false;
        }
    }
}
