package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.CdrStore;
import io.jackfield.call.event.Events;
import io.jackfield.media.MediaEngine;
import java.util.function.LongSupplier;

/**
 * What calls act upon. All of it takes calls from any thread and none of it blocks for long.
 *
 * @param recordings begins what calls want recorded
 * @param trunks hear how calls over them went
 * @param bugs hears of our own mistakes
 * @param nanoTime the monotonic clock
 */
record CallServices(
        SipOut sip,
        MediaEngine media,
        Recordings recordings,
        CdrStore cdrs,
        Events events,
        Calls.TrunkReports trunks,
        Bugs bugs,
        LongSupplier nanoTime) {

    /** Hears of our own mistakes. */
    interface Bugs {
        /** A call has failed; told once a call. */
        void failed(String callId, Throwable bug, long nowNanos);
    }
}
