package lpm.platform;

import java.util.List;
import java.util.Optional;

/** Why something was refused, in the API's terms: becomes {@code {"errors":[{"reason","field"}]}}. */
public record Refusal(Kind kind, List<Reason> reasons) {
    /** The text clients compare to know that they may retry later; exactly one reason, no field. */
    public static final String BUSY = "Linode busy.";

    public Refusal {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a refusal needs a reason");
        }
    }

    /** How the API answers. */
    public enum Kind {
        /** 400: bad input or a state conflict. */
        invalid,
        /** 404: not there, or somebody else's. */
        notFound,
        /** 403: not allowed. */
        forbidden
    }

    /** One reason; {@code field} where it concerns one, dotted and indexed when nested. */
    public record Reason(Optional<String> field, String text) {}

    public static Refusal of(String reason) {
        return new Refusal(Kind.invalid, List.of(new Reason(Optional.empty(), reason)));
    }

    public static Refusal of(String field, String reason) {
        return new Refusal(Kind.invalid, List.of(new Reason(Optional.of(field), reason)));
    }

    public static Refusal notFound() {
        return new Refusal(Kind.notFound, List.of(new Reason(Optional.empty(), "Not found")));
    }

    public static Refusal busy() {
        return of(BUSY);
    }
}
