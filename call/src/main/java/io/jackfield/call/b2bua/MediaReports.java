package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.MediaEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the media tell of themselves, and what follows: a leg without keys or without sound is given
 * up, one whose peer misses packets may get another codec, last figures go into the record.
 *
 * <p>Confined to its call.
 */
final class MediaReports {
    private final CallState state;
    private final CalledLegs called;
    private final Endings endings;
    private final Departures departures;
    private final Silences silences;
    private final OpusOnLoss opusOnLoss;

    MediaReports(
            CallState state,
            CalledLegs called,
            Endings endings,
            Departures departures,
            OpusOnLoss opusOnLoss) {
        this.opusOnLoss = opusOnLoss;
        this.state = state;
        this.called = called;
        this.endings = endings;
        this.departures = departures;
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
            case MediaEvent.LossReported(var legId, var fractionLost, _) ->
                    opusOnLoss.reported(legId, fractionLost);
            case MediaEvent.QualityMeasured(var legId, var report) ->
                    state.legs()
                            .find(legId)
                            .ifPresent(leg ->
                                    state.publish(
                                            new PbxEvent.QualityMeasured(
                                                    state.id(), leg.partyName(), report)));
            case MediaEvent.IceConnected _,
                    MediaEvent.DtlsConnected _,
                    MediaEvent.DtlsClosed _,
                    MediaEvent.FirstPacket _,
                    MediaEvent.RtcpSeen _,
                    MediaEvent.LinkMeasured _,
                    MediaEvent.DtmfReceived _ -> {}
        }
    }

    void onTick() {
        for (String legId : silences.over(state.nowNanos())) {
            giveUp(legId, "no media received");
        }
    }

    private void giveUp(String legId, String cause) {
        if (departures.concerns(legId)) {
            departures.dismiss(legId, CallEnd.byPbx(cause, 480));
        } else if (state.legs().find(legId).filter(l -> !l.ended()).isPresent()) {
            called.of(legId)
                    .ifPresent(attempt -> {
                        attempt.giveUp(legId, Optional.empty());
                        attempt.onGone();
                    });
        }
    }

    OptionalLong deadlineNanos() {
        return silences.deadlineNanos();
    }
}
