package io.jackfield.call.registrar;

/** Does what the registrar's thread would do, for tests of other packages. One thread. */
public final class RegistrarBench {
    private RegistrarBench() {}

    /** Does all that waits and is due. */
    public static void work(Registrar registrar) {
        while (registrar.busy()) {
            registrar.step(0);
        }
    }
}
