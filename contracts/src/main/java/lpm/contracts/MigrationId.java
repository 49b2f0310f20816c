package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One attempt to move one Linode between two hosts; issued by the scheduler. */
public record MigrationId(@JsonValue long value) {

    public MigrationId {
        if (value <= 0) {
            throw new IllegalArgumentException("MigrationId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MigrationId of(long value) {
        return new MigrationId(value);
    }

    /** The aggregate (and topic key) this id names: {@code migration:<id>}. */
    public String aggregateId() {
        return "migration:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
