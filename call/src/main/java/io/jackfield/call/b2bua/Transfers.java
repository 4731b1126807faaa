package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.Replaces;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody else takes the place of one side (RFC 5589). Blind: the other side hears music until
 * that one answers; when nobody does, the two are together again. Attended: whoever leaves talks
 * with that one in another call already, which gives the leg to this one.
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

    /** The other call answers from its mailbox at once, unless it has just ended. */
    private static final long PARTNER_WITHIN_NANOS = 2_000_000_000L;

    private static final Optional<String> DONE = Optional.of("SIP;cause=200;text=\"Transferred\"");

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final CalledLegs called;
    private final Conversation conversation;
    private final Reoffers reoffers;

    /** Legs that were ours, and the calls that have them now. */
    private final Map<String, String> givenAway = new HashMap<>();

    /** One at a time. */
    private Optional<Transfer> current = Optional.empty();

    Transfers(
            CallState state,
            Dialogs dialogs,
            MediaControl media,
            Endings endings,
            CalledLegs called,
            Conversation conversation,
            Reoffers reoffers) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
        this.called = called;
        this.conversation = conversation;
        this.reoffers = reoffers;
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
        if (!mayBegin(leavingId)) {
            return false;
        }
        Transfer transfer = begin(leavingId, progress, OptionalLong.empty());
        state.effect(new CallEffect.Park(leavingId));
        media.music(transfer.stayingId);
        called.attempt(transfer).call(to);
        return true;
    }

    /** Whether that leg is one of two who talk, and no transfer is under way. */
    boolean mayBegin(String leavingId) {
        return state.talking() && current.isEmpty() && state.other(leavingId).isPresent();
    }

    private Transfer begin(String leavingId, Progress progress, OptionalLong partnerByNanos) {
        String stayingId = state.other(leavingId).orElseThrow().id();
        Transfer transfer = new Transfer(leavingId, stayingId, progress, partnerByNanos);
        current = Optional.of(transfer);
        state.publish(new PbxEvent.TransferBegan(state.id(), leavingId));
        return transfer;
    }

    // ---- attended: whoever leaves talks with the other one already (RFC 5589 §7)

    /** Asks the call that has that dialog for whoever talks there. */
    void attended(String leavingId, Replaces dialog, Progress progress) {
        long partnerByNanos = state.nowNanos() + PARTNER_WITHIN_NANOS;
        begin(leavingId, progress, OptionalLong.of(partnerByNanos));
        Party party = state.legs().get(leavingId).party();
        state.effect(new CallEffect.WantPartner(leavingId, party, dialog));
    }

    /** There is no such dialog, or nobody talks there. */
    void onNoPartner(String leavingId) {
        if (isLeaving(leavingId) && deadlineNanos().isPresent()) {
            current.orElseThrow().failed(CallEnd.byPbx("no such call", 481));
        }
    }

    /** When {@link #onTick} wants to be called. */
    OptionalLong deadlineNanos() {
        return current.map(t -> t.partnerByNanos).orElseGet(OptionalLong::empty);
    }

    /** A call that ends between being found and being asked says nothing any more. */
    void onTick() {
        if (Deadlines.due(deadlineNanos(), state.nowNanos())) {
            onNoPartner(current.orElseThrow().leavingId);
        }
    }

    /** The one whom we have asked for is here. Whoever came for nothing is told to hang up. */
    void onArrived(Leg leg, LegHandle handle) {
        state.legs().put(leg);
        media.takenIn(leg.id());
        state.effect(new CallEffect.TakeIn(leg.id(), handle));
        dialogs.takeIn(leg);
        state.agentIsIn(leg, true);
        if (deadlineNanos().isPresent() && state.talking()) {
            current.orElseThrow().connect(state.legs().get(leg.id()));
        } else {
            dialogs.tell(leg.id(), new UsageEvent.Hangup(Optional.empty()));
        }
    }

    // ---- the other end of that

    /** Another call wants whoever talks with that leg. */
    void onPartnerWanted(CallEvent.PartnerWanted wanted) {
        Optional<Leg> partner =
                mayBegin(wanted.legId()) && isPeer(wanted.legId(), wanted.remoteTag())
                        ? state.other(wanted.legId())
                        : Optional.empty();
        state.effect(
                partner.<CallEffect>map(leg -> new CallEffect.HandOver(leg, wanted.toCallId()))
                        .orElseGet(() ->
                                new CallEffect.RefusePartner(
                                        wanted.toCallId(), wanted.itsLegId())));
    }

    private boolean isPeer(String legId, String remoteTag) {
        return state.legs()
                .get(legId)
                .usage()
                .flatMap(InviteUsage::dialog)
                .flatMap(dialog -> dialog.remote().tag())
                .filter(remoteTag::equals)
                .isPresent();
    }

    /** Whose events that leg's are, where it is ours no more. */
    Optional<String> elsewhere(String legId) {
        return Optional.ofNullable(givenAway.get(legId));
    }

    /** The other call has it: this one is over. */
    void onHandedOver(String legId, String toCallId) {
        state.agentIsOut(state.legs().get(legId));
        state.legs().remove(legId);
        givenAway.put(legId, toCallId);
        media.givenAway(legId);
        endings.end(new CallEnd(HangupSide.PBX, "transferred", 200));
    }

    private final class Transfer implements Callees.Purpose {
        private final String leavingId;
        private final String stayingId;
        private final Progress progress;

        /** When the other call has been silent for too long; empty where none is asked. */
        private final OptionalLong partnerByNanos;

        Transfer(
                String leavingId,
                String stayingId,
                Progress progress,
                OptionalLong partnerByNanos) {
            this.leavingId = leavingId;
            this.stayingId = stayingId;
            this.progress = progress;
            this.partnerByNanos = partnerByNanos;
        }

        @Override
        public List<Codec> codecs() {
            return state.legs().get(stayingId).media().chosen();
        }

        @Override
        public Party from() {
            return state.legs().get(stayingId).party();
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
            reoffers.align(stayingId);
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
