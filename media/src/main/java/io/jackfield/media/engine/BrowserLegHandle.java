package io.jackfield.media.engine;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.LegParameters;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import java.util.function.Supplier;

/** Thread-safety: any thread. */
final class BrowserLegHandle extends LegHandle<RunningBrowserLeg> implements BrowserLeg {
    private final Supplier<IceCredentials> fresh;
    private volatile LocalMedia.WebRtc local;

    BrowserLegHandle(
            MediaLoop loop,
            RunningBrowserLeg running,
            LocalMedia.WebRtc local,
            Supplier<IceCredentials> fresh) {
        super(loop, running);
        this.local = local;
        this.fresh = fresh;
    }

    @Override
    public LocalMedia.WebRtc local() {
        return local;
    }

    @Override
    public void apply(LegParameters parameters) {
        if (!(parameters.transport() instanceof RemoteMedia.WebRtc)) {
            throw new IllegalArgumentException("plain RTP on a browser leg");
        }
        applyChecked(parameters);
    }

    @Override
    public LocalMedia.WebRtc restartIce() {
        IceCredentials credentials = fresh.get();
        LocalMedia.WebRtc restarted =
                new LocalMedia.WebRtc(
                        forDescription(credentials),
                        local.fingerprint(),
                        local.setup(),
                        local.advertised());
        local = restarted;
        post(_ -> running.restart(credentials));
        return restarted;
    }

    /** The same credentials as the session description spells them. */
    static io.jackfield.protocol.sdp.IceCredentials forDescription(IceCredentials credentials) {
        return new io.jackfield.protocol.sdp.IceCredentials(
                credentials.ufrag(), credentials.password());
    }
}
