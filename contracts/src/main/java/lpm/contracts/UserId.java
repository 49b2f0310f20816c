package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A person or robot that acts for an account. */
public record UserId(@JsonValue long value) {

    public UserId {
        if (value <= 0) {
            throw new IllegalArgumentException("UserId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static UserId of(long value) {
        return new UserId(value);
    }

    /** The aggregate (and topic key) this id names: {@code user:<id>}. */
    public String aggregateId() {
        return "user:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
