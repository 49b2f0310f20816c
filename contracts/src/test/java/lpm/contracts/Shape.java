package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The JSON Schema of a message record, and an example of it, both from its components alone. */
final class Shape {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Shape() {}

    /** JSON Schema (2020-12) of one record; required are all fields that are not Optional. */
    static ObjectNode schema(Class<?> type) {
        ObjectNode schema = JSON.objectNode();
        ObjectNode properties = JSON.objectNode();
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), schemaOf(component.getGenericType()));
            if (component.getType() != Optional.class) {
                required.add(component.getName());
            }
        }
        schema.put("type", "object").set("properties", properties);
        schema.set("required", required);
        return schema;
    }

    /** An instance with a value in every field, the same at every call. */
    static Object example(Class<?> type) {
        return exampleOf(type, type.getSimpleName());
    }

    private static ObjectNode schemaOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class
                    ? JSON.objectNode().put("type", "array").set("items", schemaOf(element))
                    : schemaOf(element);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            ArrayNode values = JSON.arrayNode();
            Arrays.stream(plain.getEnumConstants()).map(Object::toString).forEach(values::add);
            return JSON.objectNode().put("type", "string").set("enum", values);
        }
        if (plain.isRecord()) {
            return jsonValue(plain).map(Shape::schemaOf).orElseGet(() -> schema(plain));
        }
        return JSON.objectNode().put("type", primitive(plain));
    }

    private static String primitive(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String", "Instant", "UUID" -> "string";
            case "long", "int", "Long", "Integer" -> "integer";
            case "double", "Double" -> "number";
            case "boolean", "Boolean" -> "boolean";
            default -> throw new IllegalArgumentException("no message may carry a " + type.getName());
        };
    }

    private static Optional<Class<?>> jsonValue(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        return components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class)
                ? Optional.of(components[0].getType())
                : Optional.empty();
    }

    private static Object exampleOf(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Object element = exampleOf(generic.getActualTypeArguments()[0], name);
            return generic.getRawType() == List.class ? List.of(element) : Optional.of(element);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        return plain.isRecord()
                ? record(plain, name)
                : switch (plain.getSimpleName()) {
                    case "String" -> name.toLowerCase(java.util.Locale.ROOT);
                    case "Instant" -> Instant.parse("2005-06-01T12:00:00Z");
                    case "UUID" -> UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
                    case "long", "Long" -> 7L;
                    case "int", "Integer" -> 3;
                    case "double", "Double" -> 0.5;
                    case "boolean", "Boolean" -> true;
                    default -> throw new IllegalArgumentException("no message may carry a " + plain.getName());
                };
    }

    private static Object record(Class<?> type, String name) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                String part = components[i].getName().equals("value") ? name : components[i].getName();
                values[i] = exampleOf(components[i].getGenericType(), part);
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no example of " + type.getName(), e);
        }
    }
}
