package io.jackfield.call.testing;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.Via;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that a test can foresee. Thread-safety: any thread. */
public final class CountedIdentifiers implements Identifiers {
    private final AtomicInteger next = new AtomicInteger();
    private final String whose;

    public CountedIdentifiers() {
        this("");
    }

    /**
     * @param whose keeps names of several makers apart
     */
    public CountedIdentifiers(String whose) {
        this.whose = whose;
    }

    @Override
    public String tag() {
        return "tag" + whose + next.incrementAndGet();
    }

    @Override
    public String branch() {
        return Via.MAGIC_COOKIE + "ours" + whose + next.incrementAndGet();
    }

    @Override
    public String callId() {
        return "call-id-" + whose + next.incrementAndGet();
    }
}
