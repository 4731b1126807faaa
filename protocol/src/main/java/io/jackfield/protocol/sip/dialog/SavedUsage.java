package io.jackfield.protocol.sip.dialog;

import java.util.Optional;

/**
 * What of a confirmed usage has to survive its node: with it another one goes on in the dialog.
 *
 * <p>What is under way at the moment (a re-INVITE, an INFO) is not in it: the peer repeats what
 * matters. It changes with every request of either side, so it is to be saved after each step.
 *
 * @param weCalled who made the Call-ID
 * @param localSdp what we said last
 * @param remoteSdp what the peer said last
 * @param intervalSeconds of the session timer (RFC 4028); 0 when there is none
 * @param weRefresh whose part the refresh is
 */
public record SavedUsage(
        boolean weCalled,
        Dialog dialog,
        boolean peerAllowsUpdate,
        boolean peerKnowsTimer,
        boolean peerKnows100rel,
        Optional<String> localSdp,
        Optional<String> remoteSdp,
        long intervalSeconds,
        boolean weRefresh) {

    public SavedUsage {
        if (dialog.early() || dialog.local().tag().isEmpty()) {
            throw new IllegalArgumentException("only a confirmed dialog can be taken over");
        }
        if (intervalSeconds < 0 || intervalSeconds > SessionTimerSettings.MAX.toSeconds()) {
            throw new IllegalArgumentException("session interval outside 0 to 2 days");
        }
    }

    static SavedUsage of(UsageState state, Fork fork) {
        return new SavedUsage(
                state.basis().weCalled(),
                fork.dialog(),
                fork.peer().allowsUpdate(),
                fork.peer().knowsTimer(),
                fork.peer().knows100rel(),
                fork.sdp().local(),
                fork.sdp().remote(),
                state.timer().intervalSeconds(),
                state.timer().weRefresh());
    }

    Fork fork() {
        OfferAnswerState sdp =
                new OfferAnswerState(
                        localSdp.isPresent()
                                ? OfferAnswerState.Turns.STABLE
                                : OfferAnswerState.Turns.NOTHING,
                        localSdp,
                        remoteSdp,
                        Optional.empty());
        return Fork.of(
                dialog, sdp, new PeerAbilities(peerAllowsUpdate, peerKnowsTimer, peerKnows100rel));
    }
}
