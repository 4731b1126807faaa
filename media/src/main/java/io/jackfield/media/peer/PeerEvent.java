package io.jackfield.media.peer;

import io.jackfield.media.dtls.DtlsResult;
import io.jackfield.protocol.ice.IcePair;
import io.jackfield.protocol.srtp.SrtpProfile;

/** What happened to a browser leg's transport. */
public sealed interface PeerEvent {
    /** Packets go over this pair: the first that proved valid, then those the peer nominates. */
    record PathChosen(IcePair pair) implements PeerEvent {}

    /** The peer's consent has run out; nothing is sent until it checks again. */
    record ConsentLost() implements PeerEvent {}

    /** SRTP has keys: the first, or new ones after an ICE restart. */
    record Keyed(SrtpProfile profile, String cipher) implements PeerEvent {}

    /** There will be no keys. */
    record KeysFailed(DtlsResult.Cause cause, String detail) implements PeerEvent {}

    /** The peer has ended the association; its keys remain. */
    record AssociationClosed(String detail) implements PeerEvent {}
}
