package lpm.storage.fence;

import static lpm.storage.Some.A;
import static lpm.storage.Some.B;
import static lpm.storage.Some.C;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.knowing;
import static lpm.storage.Some.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.platform.rows.InMemoryRows;
import lpm.storage.known.KnownHosts;
import org.junit.jupiter.api.Test;

class PlanFencePlannerTest {
    private final InMemoryRows rows = knowing(A, B, C);

    @Test
    void asksALiveHostBeforeASilentOne() {
        silent(B);
        assertThat(asked(Optional.empty())).isEqualTo(Optional.of(C));
    }

    @Test
    void asksASilentHostWhereNobodyElseIsLeft() {
        silent(B);
        silent(C);
        assertThat(asked(Optional.empty())).isEqualTo(Optional.of(B));
        assertThat(asked(Optional.of(B))).isEqualTo(Optional.of(C));
    }

    @Test
    void waitsWhereAllOthersAreFenced() {
        silent(B);
        known(new HostFenced(B, REGION, List.of()));
        known(new HostFenced(C, REGION, List.of()));
        assertThat(asked(Optional.empty())).isEmpty();
    }

    private void silent(HostRef host) {
        known(new HostSuspected(host.host(), host.hostEpoch(), 10_000));
    }

    private void known(lpm.contracts.Event event) {
        new KnownHosts().note(told(event, 1), rows);
    }

    /** Who is to revoke A's lease; empty when the fence is to wait. */
    private Optional<HostRef> asked(Optional<HostRef> notBy) {
        PlanFence question = new PlanFence(A, REGION, true, FenceCommand.FIRST, notBy.map(HostRef::host));
        Command planned = new PlanFencePlanner().plan(question, rows).getFirst().getFirst();
        return planned instanceof FenceCommand.Revoke it ? Optional.of(it.by()) : Optional.empty();
    }
}
