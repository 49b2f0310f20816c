package lpm.platform.rest;

import java.util.stream.Collectors;
import lpm.platform.Refusal;

/** Ends a request with a refusal. Thrown by resources and by {@link Call#send}. */
public class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(
                refusal.reasons().stream().map(Refusal.Reason::text).collect(Collectors.joining("; ")),
                null,
                false,
                false);
        this.refusal = refusal;
    }

    /** 404, also for what belongs to somebody else. */
    public static Refused notFound() {
        return new Refused(Refusal.notFound());
    }

    /** 400 about one field. */
    public static Refused of(String field, String reason) {
        return new Refused(Refusal.of(field, reason));
    }

    /** 400 about the whole request. */
    public static Refused of(String reason) {
        return new Refused(Refusal.of(reason));
    }

    public Refusal refusal() {
        return refusal;
    }
}
