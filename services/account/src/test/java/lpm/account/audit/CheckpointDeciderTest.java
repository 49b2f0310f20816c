package lpm.account.audit;

import static org.assertj.core.api.Assertions.assertThat;

import lpm.account.audit.CheckpointCommand.TakeCheckpoint;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.Decision;
import org.junit.jupiter.api.Test;

class CheckpointDeciderTest {
    private final CheckpointDecider decider = new CheckpointDecider();
    private final CheckpointState signed =
            decider.evolve(decider.initial(), new AuditCheckpointed(7, "hash", "signature"));

    @Test
    void takesTheFirstAndEachThatCoversMore() {
        Decision<?> taken = Decision.accept(new AuditCheckpointed(8, "h", "s"));

        assertThat(decider.decide(new TakeCheckpoint(8, "h", "s"), decider.initial()))
                .isEqualTo(taken);
        assertThat(decider.decide(new TakeCheckpoint(8, "h", "s"), signed)).isEqualTo(taken);
    }

    @Test
    void leavesWhatAnotherReplicaHasCoveredAlready() {
        assertThat(decider.decide(new TakeCheckpoint(7, "h", "s"), signed)).isEqualTo(Decision.accept());
        assertThat(decider.decide(new TakeCheckpoint(6, "h", "s"), signed)).isEqualTo(Decision.accept());
    }
}
