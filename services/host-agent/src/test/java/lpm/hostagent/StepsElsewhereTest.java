package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.SendStarted;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.lease.HostLease;
import lpm.hostagent.probe.PauseWatch;
import lpm.hostagent.report.Reports;
import lpm.hostagent.steps.Machine;
import lpm.hostagent.steps.OpenSends;
import lpm.hostagent.steps.Step;
import lpm.hostagent.steps.StepRun;
import lpm.hostagent.steps.StepRunner;
import org.junit.jupiter.api.Test;

/** Steps are under way until the test lets them run, as in threads of their own; the journal is not touched there. */
class StepsElsewhereTest {
    private static final HostId H1 = HostId.of("h1");
    private static final LinodeId LINODE = new LinodeId(1);
    private static final MigrationId MOVE = new MigrationId(9);

    private final World world = new World("h1", "h2").ready();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final Journal journal = world.host("h1").journal;
    private final OpenSends sends = new OpenSends();
    private final StepRunner runner = runner();

    private StepRunner runner() {
        Machine machine = world.machine(H1, underWay::add);
        HostLease lease = new HostLease(machine.lease(), machine.hypervisor(), world::now, Runnable::run);
        lease.tick(world.at("h1"), List.of(World.POOL));
        Reports reports = new Reports(H1, journal, _ -> CompletableFuture.completedFuture(0L), world::now);
        PauseWatch pauses = new PauseWatch(machine.probe(), journal, reports, world::now);
        return new StepRunner(machine, lease, sends, pauses, journal, reports, world.host("h1").key, world::now);
    }

    private StepRun send(long maxPauseMillis) {
        world.boot("h1", 1, 1);
        world.order(new HostCommand.PrepareIncoming(world.at("h2"), MOVE, LINODE, 2, World.spec(1, 1)));
        String uri = world.await("h2", HostReport.IncomingReady.class).uri();
        return new StepRun(List.of(new Step.Send(MOVE, LINODE, 1, 2, HostId.of("h2"), uri, maxPauseMillis)), runner);
    }

    private Optional<MigrationId> noted() {
        return journal.state().linode(LINODE).sending();
    }

    @Test
    void aSendIsWrittenDownAfterItWasWeighedAndBeforeItIsCalled() {
        StepRun run = send(60_000);
        assertThat(run.advance()).isEmpty();
        assertThat(noted()).isEmpty();
        underWay.remove().run();
        assertThat(run.advance()).isEmpty();
        assertThat(noted()).contains(MOVE);
        assertThat(world.xen.hypervisor(H1).copies()).isEmpty();
        underWay.remove().run();
        assertThat(run.advance().orElseThrow().facts())
                .singleElement()
                .isInstanceOfSatisfying(SendStarted.class, it -> assertThat(it.predictedPauseMillis())
                        .isPositive());
        assertThat(world.xen.hypervisor(H1).copies()).hasSize(1);
        assertThat(sends.call(MOVE)).isPresent();
    }

    @Test
    void aSendWhosePauseIsTooLongLeavesNoTrace() {
        StepRun run = send(1);
        assertThat(run.advance()).isEmpty();
        underWay.remove().run();
        assertThat(run.advance().orElseThrow().refusal().orElseThrow()).contains("is longer than 1 ms");
        assertThat(noted()).isEmpty();
        assertThat(underWay).isEmpty();
    }

    @Test
    void aRefusalReachesTheOrderFromWhereverItWasSaid() {
        BlockDevice device = new BlockDevice("sdb", BlockDevice.Kind.volume, 5, World.POOL, 10_240);
        StepRun run = new StepRun(List.of(new Step.Attach(LINODE, device)), runner);
        assertThat(run.advance()).isEmpty();
        underWay.remove().run();
        assertThat(run.advance().orElseThrow().refusal()).isPresent();
    }
}
