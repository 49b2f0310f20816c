package lpm.hostagent.hypervisor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import lpm.contracts.host.DomainSeen;

/** What the migrate call returned. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SendOutcome.Released.class, name = "released"),
    @JsonSubTypes.Type(value = SendOutcome.Failed.class, name = "failed")
})
public sealed interface SendOutcome {
    /** Success: the source's copy is destroyed. */
    record Released(long pauseMillis) implements SendOutcome {}

    /** An error: the target may hold a copy all the same. {@code seen} is what the source showed afterwards. */
    record Failed(String reason, DomainSeen seen) implements SendOutcome {}
}
