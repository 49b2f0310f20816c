package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Linode's own disk; issued by the scheduler. */
public record DiskId(@JsonValue long value) {

    public DiskId {
        if (value <= 0) {
            throw new IllegalArgumentException("DiskId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DiskId of(long value) {
        return new DiskId(value);
    }

    /** The aggregate (and topic key) this id names: {@code disk:<id>}. */
    public String aggregateId() {
        return "disk:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
