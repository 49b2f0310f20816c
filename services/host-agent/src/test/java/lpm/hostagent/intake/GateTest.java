package lpm.hostagent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.intake.Gate.Verdict;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.JournalState;
import lpm.hostagent.journal.LinodeMemory;
import lpm.hostagent.steps.Observed;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final HostId H1 = HostId.of("h1");
    private static final HostRef SELF = new HostRef(H1, 3);
    private static final LinodeId ONE = new LinodeId(1);
    private static final Cause CAUSE = new Cause("scheduler", "linode:1", 128);

    private final JournalState known = new JournalState();

    @Test
    void anOrderUpToTheHighestNumberOfItsCauseIsDropped() {
        known.apply(new Entry.Done(CAUSE.stream(), 128, NOW));
        assertThat(admit(destroy(SELF), CAUSE, null)).isEqualTo(new Verdict.Drop());
        assertThat(admit(destroy(SELF), new Cause("scheduler", "linode:1", 64), null))
                .isEqualTo(new Verdict.Drop());
        assertThat(admit(destroy(SELF), new Cause("scheduler", "linode:1", 129), null))
                .isEqualTo(new Verdict.Pass());
        assertThat(admit(destroy(SELF), new Cause("scheduler", "linode:2", 1), null))
                .isEqualTo(new Verdict.Pass());
    }

    @Test
    void aQuestionIsAnsweredAsOftenAsItIsAsked() {
        known.apply(new Entry.Done(CAUSE.stream(), 128, NOW));
        HostCommand question = new HostCommand.DescribeLinode(SELF, ONE, Optional.empty());
        assertThat(admit(question, CAUSE, null)).isEqualTo(new Verdict.Pass());
    }

    @Test
    void anOrderIsGoodUntilItsLastMomentAndNotLonger() {
        assertThat(admit(destroy(SELF), CAUSE, NOW)).isEqualTo(new Verdict.Pass());
        assertThat(admit(destroy(SELF), CAUSE, NOW.minusMillis(1))).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void onlyOrdersForThisHostInThisRegistrationPass() {
        assertThat(admit(destroy(new HostRef(H1, 2)), CAUSE, null)).isInstanceOf(Verdict.Refuse.class);
        assertThat(admit(destroy(new HostRef(H1, 4)), CAUSE, null)).isEqualTo(new Verdict.Hold());
        assertThat(admit(destroy(new HostRef(HostId.of("h2"), 3)), CAUSE, null)).isInstanceOf(Verdict.Refuse.class);
        Order order = order(destroy(SELF), CAUSE, null);
        assertThat(Gate.admit(order, destroy(SELF), known, new HostRef(H1, 0), NOW))
                .isEqualTo(new Verdict.Hold());
    }

    @Test
    void nobodyActsForAnOlderOwnerThanTheNewestKnownOrSeen() {
        LinodeMemory knows = LinodeMemory.none(ONE).after(new HostReport.LinodeBootObserved(SELF, ONE, 4, 1));
        assertThat(owner(4, 0, knows)).isEqualTo(new Verdict.Pass());
        assertThat(owner(3, 0, knows)).isInstanceOf(Verdict.Refuse.class);
        assertThat(owner(4, 5, knows)).isInstanceOf(Verdict.Refuse.class);
        assertThat(owner(5, 5, knows)).isEqualTo(new Verdict.Pass());
    }

    @Test
    void thePausedCopyOfOneMigrationMayAlwaysBeDestroyed() {
        HostCommand order = new HostCommand.CancelIncoming(SELF, new MigrationId(7), ONE, 2);
        assertThat(Gate.owner(order, new Observed(SELF, seen(9), LinodeMemory.none(ONE))))
                .isEqualTo(new Verdict.Pass());
    }

    private static Verdict owner(long epoch, long seen, LinodeMemory memory) {
        return Gate.owner(new HostCommand.DestroyLinode(SELF, ONE, epoch), new Observed(SELF, seen(seen), memory));
    }

    private static Domain seen(long epoch) {
        State state = epoch == 0 ? State.absent : State.running;
        DomainSeen seen = new DomainSeen(ONE, state, false, epoch, 1, Optional.empty());
        return new Domain(seen, false, Optional.empty(), Optional.empty(), List.of(), 1_024, 0);
    }

    private Verdict admit(HostCommand command, Cause cause, Instant notAfter) {
        return Gate.admit(order(command, cause, notAfter), command, known, SELF, NOW);
    }

    private static Order order(HostCommand command, Cause cause, Instant notAfter) {
        UUID id = new UUID(1, 2);
        return new Order(
                0,
                new Envelope<>(
                        id,
                        "host.X",
                        1,
                        command.aggregateId(),
                        null,
                        cause,
                        null,
                        null,
                        null,
                        null,
                        notAfter,
                        NOW,
                        id,
                        null,
                        Actor.service("scheduler"),
                        null,
                        command),
                NOW);
    }

    private static HostCommand destroy(HostRef at) {
        return new HostCommand.DestroyLinode(at, ONE, 4);
    }
}
