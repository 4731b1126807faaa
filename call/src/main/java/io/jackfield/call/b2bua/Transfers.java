package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.List;
import java.util.Optional;

/**
 * Blind transfer: somebody else takes the place of one side (RFC 5589 §6). The other side hears
 * music until that one answers; when nobody does, the two are together again.
 *
 * <p>Confined to its call.
 */
final class Transfers {
    /** Where whoever asked hears how it goes. */
    interface Progress {
        /** Nobody waits to hear. */
        Progress UNTOLD = (_, _) -> {};

        /**
         * @param status as of an INVITE: 100 to 699
         */
        void told(int status, String reason);
    }

    private static final Optional<String> DONE = Optional.of("SIP;cause=200;text=\"Transferred\"");

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final CalledLegs called;
    private final Conversation conversation;

    /** One at a time. */
    private Optional<Transfer> current = Optional.empty();

    Transfers(
            CallState state,
            Dialogs dialogs,
            MediaControl media,
            Endings endings,
            CalledLegs called,
            Conversation conversation) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
        this.called = called;
        this.conversation = conversation;
    }

    /** Whether somebody is being called in that leg's place. */
    boolean isLeaving(String legId) {
        return current.filter(t -> t.leavingId.equals(legId)).isPresent();
    }

    /**
     * Calls somebody in the place of one side; what becomes of it is told by events alone.
     *
     * @param leaving name of an agent or trunk; empty: the only agent who talks
     */
    void begin(Optional<String> leaving, Destination to) {
        List<Leg> sides =
                state.legs().all().stream()
                        .filter(leg -> !leg.ended() && state.isNeeded(leg.id()))
                        .filter(leg -> leaving.map(leg.partyName()::equals).orElse(isPhone(leg)))
                        .toList();
        boolean begun = sides.size() == 1 && begin(sides.getFirst().id(), to, Progress.UNTOLD);
        if (!begun) {
            String whose = leaving.map(name -> " " + name).orElse("");
            state.publish(
                    new PbxEvent.TransferFailed(
                            state.id(), whose.strip(), "no such side" + whose + " to transfer"));
        }
    }

    private static boolean isPhone(Leg leg) {
        return leg.party() instanceof Party.Phone;
    }

    /**
     * Calls somebody in the place of that leg.
     *
     * @return false when it is not one of two who talk, or a transfer is under way
     */
    boolean begin(String leavingId, Destination to, Progress progress) {
        Optional<Leg> staying = state.other(leavingId);
        if (!state.talking() || current.isPresent() || staying.isEmpty()) {
            return false;
        }
        Transfer transfer = new Transfer(leavingId, staying.get().id(), progress);
        current = Optional.of(transfer);
        state.publish(new PbxEvent.TransferBegan(state.id(), leavingId));
        state.effect(new CallEffect.Park(leavingId));
        media.music(staying.get().id());
        called.attempt(transfer).call(to);
        return true;
    }

    private final class Transfer implements Callees.Purpose {
        private final String leavingId;
        private final String stayingId;
        private final Progress progress;

        Transfer(String leavingId, String stayingId, Progress progress) {
            this.leavingId = leavingId;
            this.stayingId = stayingId;
            this.progress = progress;
        }

        @Override
        public Leg towards() {
            return state.legs().get(stayingId);
        }

        @Override
        public Party from() {
            return towards().party();
        }

        @Override
        public void rings(int status) {
            progress.told(status, status == 183 ? "Session Progress" : "Ringing");
        }

        /** Announcements of a carrier are for the one who waits. */
        @Override
        public void early(Leg callee) {
            media.bridge(stayingId, callee.id());
        }

        @Override
        public boolean connect(Leg callee) {
            current = Optional.empty();
            state.replace(leavingId, callee.id());
            conversation.arrange();
            progress.told(200, "OK");
            dialogs.tell(leavingId, new UsageEvent.Hangup(DONE));
            state.publish(
                    new PbxEvent.Transferred(
                            state.id(), leavingId, callee.id(), callee.partyName()));
            return true;
        }

        @Override
        public void failed(CallEnd why) {
            current = Optional.empty();
            progress.told(why.status(), why.cause());
            state.publish(new PbxEvent.TransferFailed(state.id(), leavingId, why.cause()));
            if (state.legs().get(leavingId).ended()) {
                endings.end(CallEnd.byPbx("transfer: " + why.cause(), why.status()));
            } else {
                conversation.arrange();
            }
        }
    }
}
