package lpm.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An order, in the imperative. Addressed to exactly one aggregate, which may refuse it. */
public interface Command {
    /** The prefixed id of the aggregate that decides, such as {@code linode:123}; also the Kafka key. */
    @JsonIgnore
    String aggregateId();
}
