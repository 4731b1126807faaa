package io.jackfield.contactcenter.floor;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a value as lines of text and reads it back. It knows records, enums and the JDK's plain
 * values and nothing else: whatever it can't write, a takeover could not either.
 */
final class Stored {
    private final Deque<String> lines = new ArrayDeque<>();

    private Stored() {}

    static String write(Record value) {
        Stored stored = new Stored();
        stored.put(value);
        return String.join("\n", stored.lines);
    }

    static <T extends Record> T read(String text, Class<T> type) {
        Stored stored = new Stored();
        stored.lines.addAll(Arrays.asList(text.split("\n", -1)));
        T value = type.cast(stored.take(type));
        if (!stored.lines.isEmpty()) {
            throw new IllegalStateException(stored.lines.size() + " lines are left");
        }
        return value;
    }

    // ---- writing

    private void put(Object value) {
        switch (value) {
            case String _,
                    Long _,
                    Integer _,
                    Boolean _,
                    Character _,
                    Instant _,
                    Duration _,
                    LocalDate _,
                    ZoneId _ ->
                    lines.add(value.toString());
            case Enum<?> one -> lines.add(one.name());
            case Optional<?> optional -> putAll(optional.stream().toList());
            case Collection<?> all -> putAll(all);
            case Map<?, ?> map -> {
                lines.add(String.valueOf(map.size()));
                map.forEach((k, v) -> {
                    put(k);
                    put(v);
                });
            }
            case Record one -> putRecord(one);
            default -> throw new IllegalStateException("can't be stored: " + value.getClass());
        }
    }

    private void putAll(Collection<?> all) {
        lines.add(String.valueOf(all.size()));
        all.forEach(this::put);
    }

    private void putRecord(Record one) {
        lines.add(one.getClass().getName());
        for (RecordComponent part : one.getClass().getRecordComponents()) {
            put(valueOf(one, part));
        }
    }

    private static Object valueOf(Record one, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(one);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- reading

    private Object take(Type type) {
        if (type instanceof ParameterizedType generic) {
            return takeGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            String name = lines.removeFirst();
            return Arrays.stream(raw.getEnumConstants())
                    .filter(c -> ((Enum<?>) c).name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
        if (raw.isRecord() || raw.isInterface()) {
            return takeRecord();
        }
        return plain(raw, lines.removeFirst());
    }

    private static Object plain(Class<?> raw, String text) {
        return switch (raw.getSimpleName()) {
            case "String" -> text;
            case "long", "Long" -> Long.valueOf(text);
            case "int", "Integer" -> Integer.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            case "char" -> text.charAt(0);
            case "Instant" -> Instant.parse(text);
            case "Duration" -> Duration.parse(text);
            case "LocalDate" -> LocalDate.parse(text);
            case "ZoneId" -> ZoneId.of(text);
            case "DayOfWeek" -> DayOfWeek.valueOf(text);
            default -> throw new IllegalStateException("can't be stored: " + raw);
        };
    }

    private Object takeGeneric(Class<?> raw, Type[] types) {
        int size = Integer.parseInt(lines.removeFirst());
        if (raw == Map.class) {
            Map<Object, Object> map = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                Object key = take(types[0]);
                map.put(key, take(types[1]));
            }
            return map;
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(take(types[0]));
        }
        if (raw == Optional.class) {
            return all.stream().findFirst();
        }
        return raw == Set.class ? new LinkedHashSet<>(all) : all;
    }

    private Object takeRecord() {
        try {
            Class<?> type = Class.forName(lines.removeFirst());
            RecordComponent[] parts = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = take(parts[i].getGenericType());
            }
            var made = type.getDeclaredConstructor(types);
            made.setAccessible(true);
            return made.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
