package lpm.account.audit;

import lpm.contracts.Command;

/** Orders to the audit; there is one audit. */
public sealed interface CheckpointCommand extends Command {
    @Override
    default String aggregateId() {
        return "audit:1";
    }

    /** The rows up to a position have this hash, and this is its signature. */
    record TakeCheckpoint(long position, String hash, String signature) implements CheckpointCommand {}
}
