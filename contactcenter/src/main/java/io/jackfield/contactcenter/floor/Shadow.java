package io.jackfield.contactcenter.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A map that looks like another one until it is written to: most steps change little. In the order
 * of its keys, so that every step is the same each time.
 *
 * <p>Confined to one step.
 */
final class Shadow<K extends Comparable<K>, V> {
    private Map<K, V> map;
    private boolean own;

    Shadow(Map<K, V> original) {
        map = original;
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(map.get(key));
    }

    /** Those that are there now; may be looped over while they change. */
    List<V> all() {
        return new ArrayList<>(map.values());
    }

    void put(K key, V value) {
        owned().put(key, value);
    }

    void remove(K key) {
        if (map.containsKey(key)) {
            owned().remove(key);
        }
    }

    private Map<K, V> owned() {
        if (!own) {
            map = new TreeMap<>(map);
            own = true;
        }
        return map;
    }

    /** What it became; not to be written to any more. */
    Map<K, V> done() {
        own = false;
        return map;
    }
}
