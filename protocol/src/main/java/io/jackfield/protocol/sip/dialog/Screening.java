package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.MinSe;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request must be like before its meaning is looked at (RFC 3261 §8.2). */
final class Screening {
    private Screening() {}

    /** The refusal that an INVITE from outside any dialog earns, if any. */
    static Optional<SipResponse> newcomer(Turn turn, SipRequest invite) {
        if (invite.headers().to().tag().isPresent()) {
            return Optional.of(Replies.of(turn, invite, 481));
        }
        if (invite.headers().contacts().isEmpty()) {
            return Optional.of(Replies.of(turn, invite, 400, "Missing Contact"));
        }
        return extensions(turn, invite)
                .or(() -> reliability(turn, invite))
                .or(() -> content(turn, invite))
                .or(() -> interval(turn, invite));
    }

    /** The refusal that a re-INVITE or UPDATE earns, if any. */
    static Optional<SipResponse> refresh(Turn turn, SipRequest request) {
        return content(turn, request).or(() -> interval(turn, request));
    }

    /** 420 with what we do not know (§8.2.2.3). */
    static Optional<SipResponse> extensions(Turn turn, SipRequest request) {
        List<String> unknown = Options.unknown(request.headers(), turn.settings());
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Replies.with(
                                Replies.of(turn, request, 420),
                                "Unsupported",
                                String.join(", ", unknown)));
    }

    /** 421 when we demand 100rel and the peer does not know it (§21.4.16). */
    private static Optional<SipResponse> reliability(Turn turn, SipRequest invite) {
        boolean demanded =
                turn.settings().reliable100() == LegSettings.Reliable100.REQUIRED
                        && !PeerAbilities.UNKNOWN.heard(invite.headers()).knows100rel();
        return demanded
                ? Optional.of(
                        Replies.with(Replies.of(turn, invite, 421), "Require", Options.RELIABLE))
                : Optional.empty();
    }

    /** 415 with what we do understand (§8.2.3), unless the body may be ignored (§20.11). */
    static Optional<SipResponse> content(Turn turn, SipRequest request) {
        if (request.body().length == 0 || isOptional(request.headers())) {
            return Optional.empty();
        }
        Optional<String> encoding = request.headers().first("Content-Encoding");
        if (encoding.filter(e -> !e.equalsIgnoreCase("identity")).isPresent()) {
            return Optional.of(
                    Replies.with(Replies.of(turn, request, 415), "Accept-Encoding", "identity"));
        }
        boolean session =
                disposition(request.headers()).equals("session") && request.hasBody(Sdp.TYPE);
        return session
                ? Optional.empty()
                : Optional.of(Replies.with(Replies.of(turn, request, 415), "Accept", Sdp.TYPE));
    }

    /** 422 (RFC 4028 §9). */
    private static Optional<SipResponse> interval(Turn turn, SipRequest request) {
        return turn.timer
                .tooSmall(request)
                .map(min -> Replies.with(Replies.of(turn, request, 422), MinSe.HEADER, min.text()));
    }

    private static String disposition(SipHeaders headers) {
        return headers.first("Content-Disposition")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("session");
    }

    private static boolean isOptional(SipHeaders headers) {
        return headers.first("Content-Disposition")
                .map(value -> value.toLowerCase(Locale.ROOT).replace(" ", ""))
                .filter(value -> value.contains(";handling=optional"))
                .isPresent();
    }
}
