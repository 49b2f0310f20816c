package lpm.hostagent.hypervisor;

import lpm.contracts.host.DomainSeen;

/** What the migrate call returned. */
public sealed interface SendOutcome {
    /** Success: the source's copy is destroyed. */
    record Released(long pauseMillis) implements SendOutcome {}

    /** An error: the target may hold a copy all the same. {@code seen} is what the source showed afterwards. */
    record Failed(String reason, DomainSeen seen) implements SendOutcome {}
}
