package lpm.account.audit;

import lpm.account.audit.CheckpointCommand.TakeCheckpoint;
import lpm.contracts.account.AuditEvent;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;

/** Checkpoints only go forward: another replica may have been faster. */
public final class CheckpointDecider implements Decider<CheckpointCommand, CheckpointState, AuditEvent> {
    @Override
    public CheckpointState initial() {
        return new CheckpointState(0);
    }

    @Override
    public Decision<AuditEvent> decide(CheckpointCommand command, CheckpointState state) {
        return switch (command) {
            case TakeCheckpoint take ->
                take.position() > state.position()
                        ? Decision.accept(new AuditCheckpointed(take.position(), take.hash(), take.signature()))
                        : Decision.accept();
        };
    }

    @Override
    public CheckpointState evolve(CheckpointState state, AuditEvent event) {
        return switch (event) {
            case AuditCheckpointed checkpointed -> new CheckpointState(checkpointed.position());
        };
    }

    @Override
    public Scope scope(CheckpointState state) {
        return Scope.NONE;
    }
}
