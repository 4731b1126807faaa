package io.jackfield.call.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys by their id. */
@FunctionalInterface
public interface KeyRing {
    Optional<TokenKey> find(String kid);

    /**
     * These keys.
     *
     * @throws UnusableKey when two have one id
     */
    static KeyRing of(List<TokenKey> keys) {
        Map<String, TokenKey> byKid = new HashMap<>();
        for (TokenKey key : keys) {
            if (byKid.putIfAbsent(key.kid(), key) != null) {
                throw new UnusableKey("two keys have the kid " + key.kid());
            }
        }
        Map<String, TokenKey> known = Map.copyOf(byKid);
        return kid -> Optional.ofNullable(known.get(kid));
    }

    /** These first, so that a fetched key never takes the place of one that is written down. */
    default KeyRing orElse(KeyRing others) {
        return kid -> find(kid).or(() -> others.find(kid));
    }
}
