package io.jackfield.protocol.sdp;

/**
 * Why a description cannot become a call.
 *
 * @param sipStatus the answer to an INVITE that brought it: 400, 488 or 606
 * @param reason in words, without anything the peer wrote; fit for a Warning or Reason header
 */
public record Refusal(int sipStatus, String reason) implements OfferReading, AnswerReading {
    static Refusal notAcceptable(String reason) {
        return new Refusal(488, reason);
    }
}
