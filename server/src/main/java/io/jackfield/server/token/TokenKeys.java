package io.jackfield.server.token;

import io.jackfield.call.token.KeyRing;
import io.jackfield.call.token.KeySetSource;
import io.jackfield.call.token.TokenKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key sets of the site, fetched from the web; follows the site when it changes.
 *
 * <p>Thread-safety: {@link #find} from any thread; one caller at a time for the rest.
 */
public final class TokenKeys implements KeyRing, AutoCloseable {
    private volatile Map<KeySetSource, FetchedKeys> sets = Map.of();

    /** Takes the sources of a site: new ones are fetched, missing ones forgotten. */
    public void apply(List<KeySetSource> sources) {
        Map<KeySetSource, FetchedKeys> before = sets;
        Map<KeySetSource, FetchedKeys> next = new LinkedHashMap<>();
        for (KeySetSource source : sources) {
            next.put(
                    source,
                    Optional.ofNullable(before.get(source))
                            .orElseGet(() -> FetchedKeys.start(source)));
        }
        sets = next;
        before.forEach((source, keys) -> {
            if (!next.containsKey(source)) {
                keys.close();
            }
        });
    }

    @Override
    public Optional<TokenKey> find(String kid) {
        return sets.values().stream().flatMap(keys -> keys.find(kid).stream()).findFirst();
    }

    @Override
    public void close() {
        apply(List.of());
    }
}
