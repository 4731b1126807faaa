package io.jackfield.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears SIGTERM and SIGINT more than once.
 *
 * <p>A shutdown hook hears only the first. {@code sun.misc.Signal} hears all; it is supported
 * (module {@code jdk.unsupported}), but naming it in code is a warning that cannot be silenced, so
 * it is looked up.
 */
final class Signals {
    private Signals() {}

    /**
     * Calls {@code action} on a thread of the JVM for each such signal.
     *
     * @param name {@code TERM} or {@code INT}
     * @throws IllegalStateException on a JVM without signals
     */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            Proxy.newProxyInstance(
                                    Signals.class.getClassLoader(),
                                    new Class<?>[] {handler},
                                    calling(action)));
        } catch (ReflectiveOperationException none) {
            throw new IllegalStateException("this JVM hears no signals", none);
        }
    }

    private static InvocationHandler calling(Runnable action) {
        return (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "equals" ->
                            System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "signal handler";
                    default -> {
                        action.run();
                        yield null;
                    }
                };
    }
}
