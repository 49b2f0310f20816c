package lpm.contracts;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings older versions of messages up to the current one, one version at a time: pure functions from JSON tree to JSON
 * tree (maps, lists, texts, numbers, booleans, null).
 */
public final class Upcasters {
    /** Every upcaster there is. A new one comes with a golden sample of the version it reads. */
    public static final Upcasters ALL = new Upcasters(Map.of());

    private final Map<From, UnaryOperator<Map<String, Object>>> steps;

    public Upcasters(Map<From, UnaryOperator<Map<String, Object>>> steps) {
        this.steps = Map.copyOf(steps);
    }

    /** The type and version an upcaster reads; it writes the next version. */
    public record From(String type, int version) {}

    /** The data of a message in the version {@code to}. */
    public Map<String, Object> upcast(String type, int from, int to, Map<String, Object> data) {
        Map<String, Object> current = data;
        for (int version = from; version < to; version++) {
            UnaryOperator<Map<String, Object>> step = steps.get(new From(type, version));
            if (step == null) {
                throw new IllegalArgumentException("no upcaster for " + type + " version " + version);
            }
            current = step.apply(current);
        }
        return current;
    }
}
