package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A detachable block storage volume; issued by storage. */
public record VolumeId(@JsonValue long value) {

    public VolumeId {
        if (value <= 0) {
            throw new IllegalArgumentException("VolumeId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static VolumeId of(long value) {
        return new VolumeId(value);
    }

    /** The aggregate (and topic key) this id names: {@code volume:<id>}. */
    public String aggregateId() {
        return "volume:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
