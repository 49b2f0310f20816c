package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An account, the tenant that owns Linodes and volumes. */
public record AccountId(@JsonValue long value) {

    public AccountId {
        if (value <= 0) {
            throw new IllegalArgumentException("AccountId must be positive, found " + value);
        }
    }

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AccountId of(long value) {
        return new AccountId(value);
    }

    /** The aggregate (and topic key) this id names: {@code account:<id>}. */
    public String aggregateId() {
        return "account:" + value;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
