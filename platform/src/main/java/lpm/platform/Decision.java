package lpm.platform;

import java.util.List;

/** What a decider answers. */
public sealed interface Decision<E> {
    /** These events happened; none means that there was nothing (more) to do. */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Nothing happened, for this reason. */
    record Rejected<E>(Refusal refusal) implements Decision<E> {}

    /** Accepts with events. */
    @SafeVarargs
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    /** Accepts with events. */
    static <E> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    /** Refuses, for a reason that concerns the whole request. */
    static <E> Decision<E> reject(String reason) {
        return new Rejected<>(Refusal.of(reason));
    }

    /** Refuses, for a reason that concerns one field of the request. */
    static <E> Decision<E> reject(String field, String reason) {
        return new Rejected<>(Refusal.of(field, reason));
    }

    /** Refuses. */
    static <E> Decision<E> reject(Refusal refusal) {
        return new Rejected<>(refusal);
    }
}
