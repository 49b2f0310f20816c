package lpm.platform.rest;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The fields of a row that X-Filter may name: all scalars and lists of scalars, dotted when nested. */
final class FilterFields {
    /** Nested at most so deep. */
    private static final int MAX_DEPTH = 4;

    private static final ObjectMapper MAPPER =
            new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());

    private static final ConcurrentMap<Class<?>, FilterFields> KNOWN = new ConcurrentHashMap<>();

    /** What a field holds. */
    enum Kind {
        text,
        number,
        truth
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private FilterFields(Class<?> row) {
        collect("", MAPPER.constructType(row), 0);
    }

    static FilterFields of(Class<?> row) {
        return KNOWN.computeIfAbsent(row, FilterFields::new);
    }

    Optional<Kind> kind(String path) {
        return Optional.ofNullable(kinds.get(path));
    }

    private void collect(String prefix, JavaType type, int depth) {
        BeanDescription description = MAPPER.getSerializationConfig().introspect(type);
        for (BeanPropertyDefinition property : description.findProperties()) {
            JavaType inner = unwrap(property.getPrimaryType());
            String path = prefix + property.getName();
            Optional<Kind> kind = scalar(inner);
            if (kind.isPresent()) {
                kinds.put(path, kind.get());
            } else if (inner.getRawClass().isRecord() && depth < MAX_DEPTH) {
                collect(path + ".", inner, depth + 1);
            }
        }
    }

    private static JavaType unwrap(JavaType type) {
        boolean wraps = type.isCollectionLikeType() || type.isReferenceType();
        return wraps ? unwrap(type.getContentType()) : type;
    }

    private static Optional<Kind> scalar(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class || raw.isEnum() || raw == UUID.class || Temporal.class.isAssignableFrom(raw)) {
            return Optional.of(Kind.text);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Optional.of(Kind.truth);
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return Optional.of(Kind.number);
        }
        var value = MAPPER.getSerializationConfig().introspect(type).findJsonValueAccessor();
        return value == null ? Optional.empty() : scalar(value.getType());
    }
}
