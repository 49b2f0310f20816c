package lpm.platform.axon;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hash of everything a state consists of: a snapshot of another shape is ignored and the stream folded instead. */
final class Shape {
    private Shape() {}

    static String of(Class<?> state) {
        Set<Class<?>> seen = new TreeSet<>(Comparator.comparing(Class::getName));
        collect(state, seen);
        String text = seen.stream().map(Shape::describe).collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void collect(Class<?> type, Set<Class<?>> seen) {
        if (!type.getName().startsWith("lpm.") || !seen.add(type)) {
            return;
        }
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(permitted -> collect(permitted, seen));
        }
        if (type.isRecord()) {
            Stream.of(type.getRecordComponents()).forEach(component -> collect(component.getGenericType(), seen));
        }
    }

    private static void collect(Type type, Set<Class<?>> seen) {
        if (type instanceof Class<?> plain) {
            collect(plain, seen);
        } else if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, seen));
            collect(generic.getRawType(), seen);
        }
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) {
            return type.getName()
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).toList();
        }
        if (type.isRecord()) {
            return type.getName()
                    + Stream.of(type.getRecordComponents()).map(Shape::describe).toList();
        }
        return type.getName();
    }

    private static String describe(RecordComponent component) {
        return component.getName() + " " + component.getGenericType().getTypeName();
    }
}
