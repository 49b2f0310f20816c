package lpm.systemtests.simulation;

import java.util.ArrayList;
import java.util.List;
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
import lpm.hostagent.simulated.SimulatedProbe;
import lpm.hostagent.simulated.SimulatedXen;
import lpm.hostagent.steps.Machine;

/** One host's agent on the timeline: the production agent over the simulated hypervisor. */
public final class SimulatedHost {
    private final HostId id;
    private final SimulatedXen xen;
    private final Timeline timeline;
    private final Bus bus;
    private final Journal journal = new MemoryJournal();
    private final List<Envelope<?>> orders = new ArrayList<>();
    private AgentCore agent;
    private int read;
    private boolean up = true;
    private boolean connected = true;

    SimulatedHost(HostId id, SimulatedXen xen, Timeline timeline, Bus bus) {
        this.id = id;
        this.xen = xen;
        this.timeline = timeline;
        this.bus = bus;
        this.agent = start();
        bus.subscribe("agent-" + id, Topics.hostCommands(id)::equals, orders::add);
    }

    public HostId id() {
        return id;
    }

    /** Kills the agent's process; its host goes on. */
    public void killAgent() {
        up = false;
    }

    /** Starts the agent's process again, on its journal. */
    public void startAgent() {
        agent = start();
        up = true;
    }

    /** Whether the agent reaches Kafka; cut off, its reports wait and its orders do not come. */
    public void connect(boolean toKafka) {
        connected = toKafka;
        if (toKafka && up) {
            // a process that lost its producer sends again what was never acknowledged
            agent = start();
        }
    }

    void tick() {
        if (!up || xen.figures().stream().anyMatch(each -> each.host().equals(id) && !each.powered())) {
            return;
        }
        while (connected && agent.wantsMore() && read < orders.size()) {
            agent.offer(read, orders.get(read));
            read++;
        }
        agent.tick();
    }

    private AgentCore start() {
        Hypervisor hypervisor = xen.hypervisor(id);
        Machine machine =
                new Machine(hypervisor, xen.disks(id), xen.lease(id), new SimulatedProbe(hypervisor), Runnable::run);
        Registration.Identity identity =
                new Registration.Identity(() -> timeline.newId().toString(), Cell.REGION, "simulated-key-of-" + id);
        AgentCore fresh =
                new AgentCore(id, identity, new AgentPorts(machine, journal, this::report, this::tell, timeline::now));
        read = (int) fresh.nextOffset();
        return fresh;
    }

    private CompletableFuture<Boolean> report(Envelope<?> report) {
        if (!connected) {
            return new CompletableFuture<>();
        }
        bus.publish(Topics.hostEvents(id), report);
        return CompletableFuture.completedFuture(true);
    }

    private void tell(Envelope<?> telemetry) {
        if (connected) {
            bus.tell(Topics.HOST_TELEMETRY, telemetry);
        }
    }
}
