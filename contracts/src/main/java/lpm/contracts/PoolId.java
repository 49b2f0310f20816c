package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A shared storage pool, by its stable name. */
public record PoolId(@JsonValue String value) {

    public PoolId {
        if (!value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("PoolId must match [a-z0-9][a-z0-9-]{0,62}, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PoolId of(String value) {
        return new PoolId(value);
    }

    /** The aggregate (and topic key) this id names: {@code pool:<id>}. */
    public String aggregateId() {
        return "pool:" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
