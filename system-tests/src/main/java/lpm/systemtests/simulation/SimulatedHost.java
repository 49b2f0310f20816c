package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.Topics;
import lpm.hostagent.AgentCore;
import lpm.hostagent.AgentPorts;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.intake.Registration;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.MemoryJournal;
import lpm.hostagent.secrets.HostKey;
import lpm.hostagent.simulated.SimulatedProbe;
import lpm.hostagent.simulated.SimulatedXen;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.hostagent.steps.Machine;

/** One host's agent on the timeline: the production agent over the simulated hypervisor. */
public final class SimulatedHost {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration WHILE_DARK = Duration.ofMillis(500);

    private final HostId id;
    private final SimulatedXen xen;
    private final Timeline timeline;
    private final Bus bus;
    private final Tally tally;
    private final Parts parts;
    private final UnsteadyDisks disks;
    private final HostKey key;
    private final Journal journal = new MemoryJournal();
    private final List<Envelope<?>> orders = new ArrayList<>();
    private AgentCore agent;
    private Duration clockAhead = Duration.ZERO;
    private Instant plannedAt = Instant.MAX;
    private int read;
    private boolean up = true;
    private boolean connected = true;
    private boolean acknowledged = true;

    SimulatedHost(HostId id, Cell cell, Parts parts) {
        this.id = id;
        this.xen = cell.xen();
        this.timeline = cell.timeline();
        this.bus = cell.bus();
        this.tally = cell.tally();
        this.parts = parts;
        this.disks = new UnsteadyDisks(xen.disks(id), timeline);
        this.key = HostKey.of(new Random(id.hashCode()));
        this.agent = start();
        bus.reader(Topics.hostCommands(id)::equals, (_, offset, order) -> arrived(offset, order))
                .open(_ -> orders.size());
        plan(SOON);
    }

    public HostId id() {
        return id;
    }

    public boolean isUp() {
        return up;
    }

    /** Kills the agent's process; its host goes on. */
    public void killAgent() {
        up = false;
    }

    /** Starts the agent's process again, on its journal. */
    public void startAgent() {
        agent = start();
        up = true;
        plan(SOON);
    }

    /** Whether the agent reaches Kafka; cut off, its reports wait and its orders do not come. */
    public void connect(boolean toKafka) {
        connected = toKafka;
        if (toKafka && up) {
            // a process that lost its producer sends again what was never acknowledged
            startAgent();
        }
    }

    /** Whether Kafka's acknowledgements reach the agent; what it reports arrives all the same. */
    public void acknowledge(boolean reports) {
        acknowledged = reports;
        if (reports && up) {
            startAgent();
        }
    }

    /** The agent's process starts again on a machine whose clock is so far ahead (or, negative, behind). */
    public void setClockAhead(Duration ahead) {
        clockAhead = ahead;
        if (up) {
            startAgent();
        }
    }

    /** Calls of the disks take so much longer. */
    public void slowDisks(Duration more) {
        disks.slowBy(more);
    }

    /** Calls of the disks are done, but nobody hears the answer. */
    public void loseDiskAnswers(boolean all) {
        disks.loseAnswers(all);
    }

    private boolean arrived(int offset, Envelope<?> order) {
        if (offset == orders.size()) {
            orders.add(order);
            plan(SOON);
        }
        return true;
    }

    /** Ticks again after so long, unless that is planned for an earlier time. */
    private void plan(Duration wait) {
        Instant at = timeline.now().plus(wait);
        if (at.isBefore(plannedAt)) {
            plannedAt = at;
            timeline.at(at, () -> {
                if (plannedAt.equals(at)) {
                    plannedAt = Instant.MAX;
                    tick();
                }
            });
        }
    }

    private void tick() {
        if (!up || !isPowered()) {
            plan(WHILE_DARK);
            return;
        }
        while (connected && agent.wantsMore() && read < orders.size()) {
            agent.offer(read, parts.order(orders.get(read), journal.state()));
            read++;
        }
        agent.tick();
        plan(Duration.between(now(), agent.nextTick()));
    }

    private boolean isPowered() {
        return xen.figures().stream().filter(each -> each.host().equals(id)).anyMatch(HostFigures::powered);
    }

    private AgentCore start() {
        if (!journal.state().unsent().isEmpty()) {
            tally.hit(Tally.UNREPORTED);
        }
        Hypervisor hypervisor = xen.hypervisor(id);
        Machine machine = parts.machine(
                id, new Machine(hypervisor, disks, xen.lease(id), new SimulatedProbe(hypervisor), Runnable::run));
        Registration.Identity identity =
                new Registration.Identity(() -> timeline.newId().toString(), Cell.REGION, key);
        AgentCore fresh =
                new AgentCore(id, identity, new AgentPorts(machine, journal, this::report, this::tell, this::now));
        read = (int) fresh.nextOffset();
        return fresh;
    }

    private Instant now() {
        return timeline.now().plus(clockAhead);
    }

    private CompletableFuture<Boolean> report(Envelope<?> report) {
        if (!connected) {
            return new CompletableFuture<>();
        }
        bus.publish(Topics.hostEvents(id), report);
        return acknowledged ? CompletableFuture.completedFuture(true) : new CompletableFuture<>();
    }

    private void tell(Envelope<?> telemetry) {
        if (connected) {
            bus.tell(Topics.HOST_TELEMETRY, telemetry);
        }
    }
}
