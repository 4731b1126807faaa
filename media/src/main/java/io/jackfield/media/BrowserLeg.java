package io.jackfield.media;

import io.jackfield.protocol.sdp.LocalMedia;

/** A leg over ICE-lite and DTLS-SRTP on the shared UDP port. */
public non-sealed interface BrowserLeg extends MediaLeg {

    @Override
    LocalMedia.WebRtc local();

    /**
     * New credentials for an ICE restart (RFC 8445 §9), ours or the answer to the browser's. Media
     * goes on over the old pair until the new one works.
     *
     * @return what {@link #local} says from now on
     */
    LocalMedia.WebRtc restartIce();
}
