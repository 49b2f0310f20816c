package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A personal access token or an operator token (its public number, never the secret). */
public record TokenId(@JsonValue long value) {

    public TokenId {
        if (value <= 0) {
            throw new IllegalArgumentException("TokenId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TokenId of(long value) {
        return new TokenId(value);
    }

    /** The aggregate (and topic key) this id names: {@code token:<id>}. */
    public String aggregateId() {
        return "token:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
