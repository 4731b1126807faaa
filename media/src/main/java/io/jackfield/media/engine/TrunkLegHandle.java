package io.jackfield.media.engine;

import io.jackfield.media.LegParameters;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;

/** Thread-safety: any thread. */
final class TrunkLegHandle extends LegHandle<RunningTrunkLeg> implements TrunkLeg {
    private final LocalMedia.Plain local;

    TrunkLegHandle(MediaLoop loop, RunningTrunkLeg running, LocalMedia.Plain local) {
        super(loop, running);
        this.local = local;
    }

    @Override
    public LocalMedia.Plain local() {
        return local;
    }

    @Override
    public void apply(LegParameters parameters) {
        if (!(parameters.transport() instanceof RemoteMedia.Plain)) {
            throw new IllegalArgumentException("WebRTC on a trunk leg");
        }
        applyChecked(parameters);
    }
}
