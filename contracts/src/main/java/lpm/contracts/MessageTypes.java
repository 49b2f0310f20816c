package lpm.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The closed registry of message types: wire name to record class. Nothing outside it is ever deserialised. */
public final class MessageTypes {
    private final Map<String, Class<? extends Record>> byName = new TreeMap<>();

    /** Registers every record nested below the given sealed interfaces. */
    public MessageTypes(List<Class<?>> vocabularies) {
        for (Class<?> vocabulary : vocabularies) {
            for (Class<? extends Record> type : records(vocabulary)) {
                Class<?> previous = byName.putIfAbsent(nameOf(type), type);
                if (previous != null && previous != type) {
                    throw new IllegalArgumentException("two records share the wire name " + nameOf(type));
                }
            }
        }
    }

    /** The record class of a wire name, if it is known. */
    public Optional<Class<? extends Record>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All registered types by wire name. */
    public Map<String, Class<? extends Record>> all() {
        return Map.copyOf(byName);
    }

    /** The wire name of a message record: service (last part of its package) and simple name. */
    public static String nameOf(Class<?> type) {
        String[] parts = type.getPackageName().split("\\.");
        String service = parts.length > 2 && parts[1].equals("contracts") ? parts[2] : parts[1];
        return service + "." + type.getSimpleName();
    }

    /** The current version of a message record. */
    public static int versionOf(Class<?> type) {
        Version version = type.getAnnotation(Version.class);
        return version == null ? 1 : version.value();
    }

    /** Every record permitted, directly or through further sealed interfaces, by a sealed interface. */
    public static List<Class<? extends Record>> records(Class<?> vocabulary) {
        if (vocabulary.isRecord()) {
            return List.of(vocabulary.asSubclass(Record.class));
        }
        if (!vocabulary.isSealed()) {
            throw new IllegalArgumentException(vocabulary.getName() + " must be a record or a sealed interface");
        }
        List<Class<? extends Record>> found = new ArrayList<>();
        for (Class<?> permitted : vocabulary.getPermittedSubclasses()) {
            found.addAll(records(permitted));
        }
        return found;
    }
}
