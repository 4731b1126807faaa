package io.jackfield.storage.floor;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.floor.Floor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/**
 * The floor as JSON: records as objects, and a word for which of an interface's records one is.
 * What an older floor does not have is read as absent, and what a newer one has is passed over.
 *
 * <p>Pure; any thread.
 */
final class FloorJson {
    private static final int FORMAT = 1;
    private static final String OURS = "io.jackfield.contactcenter";

    /**
     * @param format of the whole; another one can't be read
     */
    private record Document(int format, Floor floor) {}

    private static final JsonMapper JSON =
            JsonMapper.builder().annotationIntrospector(new Kinds()).addModule(keys()).build();

    private FloorJson() {}

    static byte[] write(Floor floor) {
        return JSON.writeValueAsBytes(new Document(FORMAT, floor));
    }

    /**
     * @throws RuntimeException when this is no floor
     */
    static Floor read(byte[] json) {
        Document document = JSON.readValue(json, Document.class);
        if (document.format() != FORMAT) {
            throw new IllegalArgumentException("format " + document.format());
        }
        return document.floor();
    }

    private static SimpleModule keys() {
        SimpleModule keys = new SimpleModule("floor");
        keys.addAbstractTypeMapping(Map.class, TreeMap.class);
        keys.addKeySerializer(AgentId.class, new Key<>(AgentId::name));
        keys.addKeySerializer(QueueId.class, new Key<>(QueueId::number));
        keys.addKeyDeserializer(AgentId.class, new FromKey(AgentId::new));
        keys.addKeyDeserializer(QueueId.class, new FromKey(QueueId::new));
        return keys;
    }

    private static final class Key<T> extends ValueSerializer<T> {
        private final Function<T, String> name;

        Key(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeName(name.apply(value));
        }
    }

    private static final class FromKey extends KeyDeserializer {
        private final Function<String, Object> id;

        FromKey(Function<String, Object> id) {
            this.id = id;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return id.apply(key);
        }
    }

    /** Says which of a sealed interface's records a value is, so that it can be read again. */
    private static final class Kinds extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;
        private static final String IS = "is";

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated of) {
            return isOneOfSeveral(of.getRawType())
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME,
                            JsonTypeInfo.As.PROPERTY,
                            IS,
                            null,
                            false,
                            null,
                            null)
                    : super.findPolymorphicTypeInfo(config, of);
        }

        @Override
        public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated of) {
            return isOneOfSeveral(of.getRawType())
                    ? records(of.getRawType())
                            .distinct()
                            .map(r -> new NamedType(r, r.getSimpleName()))
                            .toList()
                    : super.findSubtypes(config, of);
        }

        @Override
        public String findTypeName(MapperConfig<?> config, AnnotatedClass of) {
            return isOneOfSeveral(of.getRawType())
                    ? of.getRawType().getSimpleName()
                    : super.findTypeName(config, of);
        }

        private static boolean isOneOfSeveral(Class<?> type) {
            return type.getName().startsWith(OURS)
                    && (type.isSealed()
                            || Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed));
        }

        private static Stream<Class<?>> records(Class<?> type) {
            return type.isSealed()
                    ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Kinds::records)
                    : Stream.of(type);
        }
    }
}
