package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.MediaEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the media tell of themselves, and what follows: a leg without keys or without sound is given
 * up, last figures go into the record.
 *
 * <p>Confined to its call.
 */
final class MediaReports {
    private final CallState state;
    private final Callees callees;
    private final Endings endings;
    private final Silences silences;

    MediaReports(CallState state, Callees callees, Endings endings) {
        this.state = state;
        this.callees = callees;
        this.endings = endings;
        this.silences = new Silences(state.settings().silenceFor());
    }

    void on(MediaEvent event) {
        state.publish(new PbxEvent.MediaHappened(state.id(), event));
        switch (event) {
            case MediaEvent.DtlsFailed(var legId, var reason, _) ->
                    giveUp(legId, "media failed: " + reason);
            case MediaEvent.Silent(var legId, var since, _) ->
                    silences.begin(legId, since, state.nowNanos());
            case MediaEvent.ConsentLost(var legId) ->
                    silences.begin(legId, Duration.ZERO, state.nowNanos());
            case MediaEvent.Resumed(var legId) -> silences.end(legId);
            case MediaEvent.Closed(var legId, var statistics) -> {
                silences.end(legId);
                state.record().mediaClosed(legId, statistics);
                endings.closeIfDone();
            }
            case MediaEvent.IceConnected _,
                    MediaEvent.DtlsConnected _,
                    MediaEvent.DtlsClosed _,
                    MediaEvent.FirstPacket _,
                    MediaEvent.DtmfReceived _ -> {}
        }
    }

    void onTick() {
        for (String legId : silences.over(state.nowNanos())) {
            giveUp(legId, "no media received");
        }
    }

    private void giveUp(String legId, String cause) {
        if (state.isNeeded(legId)) {
            endings.end(CallEnd.byPbx(cause, 480));
        } else if (state.legs().find(legId).filter(l -> !l.ended()).isPresent()) {
            callees.giveUp(legId, Optional.empty());
            callees.onGone();
        }
    }

    OptionalLong deadlineNanos() {
        return silences.deadlineNanos();
    }
}
