package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A physical Xen host, by its stable name. */
public record HostId(@JsonValue String value) {

    public HostId {
        if (!value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("HostId must match [a-z0-9][a-z0-9-]{0,62}, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HostId of(String value) {
        return new HostId(value);
    }

    /** The aggregate (and topic key) this id names: {@code host:<id>}. */
    public String aggregateId() {
        return "host:" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
