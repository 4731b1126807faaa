package io.jackfield.media;

import io.jackfield.protocol.sdp.LocalMedia;

/** A leg over plain RTP and RTCP on a port pair of its own. */
public non-sealed interface TrunkLeg extends MediaLeg {

    @Override
    LocalMedia.Plain local();
}
