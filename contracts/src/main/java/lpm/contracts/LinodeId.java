package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Linode: one customer's virtual server. */
public record LinodeId(@JsonValue long value) {

    public LinodeId {
        if (value <= 0) {
            throw new IllegalArgumentException("LinodeId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LinodeId of(long value) {
        return new LinodeId(value);
    }

    /** The aggregate (and topic key) this id names: {@code linode:<id>}. */
    public String aggregateId() {
        return "linode:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
