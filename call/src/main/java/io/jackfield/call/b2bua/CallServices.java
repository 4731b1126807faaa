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
 * @param others the calls beside this one
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
        OtherCalls others,
        LongSupplier nanoTime) {

    /** With none beside it. */
    CallServices(
            SipOut sip,
            MediaEngine media,
            Recordings recordings,
            CdrStore cdrs,
            Events events,
            Calls.TrunkReports trunks,
            Bugs bugs,
            LongSupplier nanoTime) {
        this(sip, media, recordings, cdrs, events, trunks, bugs, OtherCalls.NONE, nanoTime);
    }

    CallServices with(OtherCalls others) {
        return new CallServices(
                sip, media, recordings, cdrs, events, trunks, bugs, others, nanoTime);
    }

    /** The calls beside one: a leg may go from one to another (RFC 5589 §7). */
    interface OtherCalls {
        OtherCalls NONE =
                new OtherCalls() {
                    @Override
                    public boolean wanted(String callId, CallEffect.WantPartner wanted) {
                        return false;
                    }

                    @Override
                    public void refused(String callId, String legId) {
                        // nobody asks
                    }

                    @Override
                    public void passOn(String callId, CallEvent event) {
                        // there is nobody
                    }

                    @Override
                    public boolean arrived(String callId, Leg leg, LegHandle handle) {
                        return false;
                    }
                };

        /**
         * Looks for the call with that dialog, and asks it for whoever talks there.
         *
         * @return false when there is none, or another party speaks in that dialog
         */
        boolean wanted(String callId, CallEffect.WantPartner wanted);

        /** Tells that call that there is nobody. */
        void refused(String callId, String legId);

        /** Gives that call what came for a leg that it has now. */
        void passOn(String callId, CallEvent event);

        /**
         * Brings a leg to that call.
         *
         * @return false when it is over, or has more to do than it can hold
         */
        boolean arrived(String callId, Leg leg, LegHandle handle);
    }

    /** Hears of our own mistakes. */
    interface Bugs {
        /** A call has failed; told once a call. */
        void failed(String callId, Throwable bug, long nowNanos);
    }
}
