package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A region's slug, such as {@code us-east}. */
public record Region(@JsonValue String value) {

    /** Reads the bare JSON value. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Region of(String value) {
        return new Region(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
