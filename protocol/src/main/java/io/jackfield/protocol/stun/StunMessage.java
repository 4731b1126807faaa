package io.jackfield.protocol.stun;

import java.util.List;
import java.util.Optional;

/**
 * What a STUN message says (RFC 8489 §5), without the proofs at its end.
 *
 * @param method 0 to 0xFFF; {@link #BINDING} is the only one anybody here answers
 * @param attributes in the order of the message; only those before MESSAGE-INTEGRITY
 */
public record StunMessage(
        StunClass messageClass,
        int method,
        StunTransactionId transactionId,
        List<StunAttribute> attributes) {

    /** The Binding method (§18.2). */
    public static final int BINDING = 0x001;

    public StunMessage {
        if (method < 0 || method > 0xFFF) {
            throw new IllegalArgumentException("STUN method outside 12 bits: " + method);
        }
        attributes = List.copyOf(attributes);
    }

    /** A Binding message of the given class. */
    public static StunMessage binding(
            StunClass messageClass, StunTransactionId transactionId, StunAttribute... attributes) {
        return new StunMessage(messageClass, BINDING, transactionId, List.of(attributes));
    }

    /** True for a message of this class and the Binding method. */
    public boolean isBinding(StunClass wanted) {
        return method == BINDING && messageClass == wanted;
    }

    /**
     * The first attribute of a kind: "only the first occurrence needs to be processed" (§14).
     *
     * @param kind one of the records of {@link StunAttribute}
     */
    public <A extends StunAttribute> Optional<A> first(Class<A> kind) {
        for (StunAttribute attribute : attributes) {
            if (kind.isInstance(attribute)) {
                return Optional.of(kind.cast(attribute));
            }
        }
        return Optional.empty();
    }

    /** The value of USERNAME. */
    public Optional<String> username() {
        return first(StunAttribute.Username.class).map(StunAttribute.Username::value);
    }

    /** True where the sender nominates this pair (RFC 8445 §7.1.2). */
    public boolean useCandidate() {
        return first(StunAttribute.UseCandidate.class).isPresent();
    }

    /** Types that the sender demands be understood, and that are not (§6.3.1). */
    public List<Integer> notUnderstood() {
        return attributes.stream()
                .filter(StunAttribute.Unread.class::isInstance)
                .map(StunAttribute.Unread.class::cast)
                .filter(StunAttribute.Unread::comprehensionRequired)
                .map(StunAttribute.Unread::type)
                .toList();
    }
}
