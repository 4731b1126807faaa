package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Optional;

/** {@link Negotiation#readOffer}. */
final class OfferReader {
    private OfferReader() {}

    static OfferReading read(SessionDescription remote) {
        Optional<Refusal> firstRefusal = Optional.empty();
        for (int index = 0; index < remote.media().size(); index++) {
            MediaDescription line = remote.media().get(index);
            if (!line.isAudio() || isOff(remote, line)) {
                continue;
            }
            switch (readLine(remote, index)) {
                case MediaOffer offer -> {
                    return offer;
                }
                case Refusal refusal -> firstRefusal = firstRefusal.or(() -> Optional.of(refusal));
            }
        }
        return firstRefusal.orElse(Refusal.notAcceptable("offer has no audio stream"));
    }

    /** Port 0 is off, but for a bundle-only line of a BUNDLE group (RFC 9143 §7.2.1). */
    static boolean isOff(SessionDescription sdp, MediaDescription line) {
        boolean lives = line.bundleOnly() && sdp.bundleOf(line).isPresent();
        return line.port() == 0 && !lives;
    }

    private static OfferReading readLine(SessionDescription remote, int index) {
        MediaDescription line = remote.media().get(index);
        List<AudioFormat> formats = line.audioFormats();
        List<AudioFormat> speech = formats.stream().filter(f -> f.codec().isSpeech()).toList();
        if (speech.isEmpty()) {
            return Refusal.notAcceptable("offer has no audio codec that has a meaning");
        }
        return switch (TransportReading.of(remote, line)) {
            case TransportReading.Unusable(String reason) -> Refusal.notAcceptable(reason);
            case TransportReading.Usable(RemoteMedia media) ->
                    new MediaOffer(
                            remote,
                            index,
                            speech,
                            formats.stream().filter(f -> f.codec().isTelephoneEvent()).toList(),
                            formats.stream().filter(f -> f.codec().isComfortNoise()).toList(),
                            direction(remote, line, media),
                            media,
                            line.ptimeMillis());
        };
    }

    /**
     * The direction said, without receiving when the address is unspecified: "neither RTP nor RTCP
     * should be sent to the peer", the hold of RFC 2543 (RFC 3264 §8.4). In WebRTC that address
     * only says that candidates come later.
     */
    static Direction direction(SessionDescription sdp, MediaDescription line, RemoteMedia media) {
        Direction said = sdp.directionOf(line);
        boolean heldTheOldWay =
                media instanceof RemoteMedia.Plain(var rtp, _)
                        && rtp.getAddress().isAnyLocalAddress();
        return heldTheOldWay ? said.intersect(Direction.SENDONLY) : said;
    }
}
