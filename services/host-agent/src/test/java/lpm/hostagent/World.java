package lpm.hostagent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import lpm.contracts.Actor;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.Cause;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MessageTypes;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.host.Telemetry;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.intake.Registration;
import lpm.hostagent.journal.MemoryJournal;
import lpm.hostagent.secrets.HostKey;
import lpm.hostagent.simulated.SimulatedProbe;
import lpm.hostagent.simulated.SimulatedXen;
import lpm.hostagent.steps.Machine;

/** Some simulated hosts with their agents, under one virtual clock; the test plays the services. */
public final class World {
    public static final Region REGION = Region.of("us-east");
    public static final PoolId POOL = PoolId.of("pool-us-east");
    private static final Duration STEP = Duration.ofMillis(10);

    public final SimulatedXen xen;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private Instant now = Instant.parse("2005-06-01T12:00:00Z");
    private long numbers;
    private long epochs;
    private boolean adopting = true;

    public World(String... names) {
        xen = new SimulatedXen(7, now);
        for (String name : names) {
            xen.addHost(HostId.of(name), REGION, new Resources(16, 16_384), 1_000);
            hosts.put(name, new Host(HostId.of(name)));
        }
    }

    /** One host's agent and its topics. */
    public final class Host {
        final HostId id;
        final MemoryJournal journal = new MemoryJournal();
        final List<Envelope<?>> commands = new ArrayList<>();
        final List<Envelope<?>> events = new ArrayList<>();
        final List<Telemetry> telemetry = new ArrayList<>();
        final HostKey key;
        private int incarnations;
        private long offered;
        private Optional<AgentCore> agent = Optional.empty();
        private boolean full;

        Host(HostId id) {
            this.id = id;
            this.key = HostKey.of(new Random(id.hashCode()));
            start();
        }

        void start() {
            Machine machine = machine(id, Runnable::run);
            AgentPorts ports = new AgentPorts(
                    machine,
                    () -> Map.of(POOL, new Sight("rbd", PoolState.degraded, 3, 100, 50, "1 osds down")),
                    journal,
                    report -> {
                        events.add(report);
                        adopt(report);
                        return CompletableFuture.completedFuture(0L);
                    },
                    told -> telemetry.add((Telemetry) told.data()),
                    World.this::now);
            Registration.Identity identity = new Registration.Identity(() -> id + "-" + ++incarnations, REGION, key);
            AgentCore core = new AgentCore(id, identity, ports);
            offered = core.nextOffset();
            agent = Optional.of(core);
        }

        void step() {
            if (full) {
                agent.ifPresent(AgentCore::keepLease);
                return;
            }
            agent.ifPresent(core -> {
                while (offered < commands.size() && core.wantsMore()) {
                    core.offer(offered, commands.get((int) offered));
                    offered++;
                }
                core.tick();
            });
        }

        private void adopt(Envelope<?> report) {
            boolean fresh = events.stream()
                            .filter(each -> each.id().equals(report.id()))
                            .count()
                    == 1;
            if (adopting && fresh && report.data() instanceof HostAnnounced it) {
                HostRef at = new HostRef(id, ++epochs);
                send("scheduler", id.aggregateId(), new HostCommand.AdoptEpoch(at, it.incarnation()));
            }
        }

        public AgentCore agent() {
            return agent.orElseThrow();
        }
    }

    /** One host's ports; calls that may last are made where the test says. */
    public Machine machine(HostId id, Executor steps) {
        return new Machine(
                xen.hypervisor(id), xen.disks(id), xen.lease(id), new SimulatedProbe(xen.hypervisor(id)), steps);
    }

    public Instant now() {
        return now;
    }

    public Host host(String name) {
        return hosts.get(name);
    }

    /** The scheduler does not answer announcements any more. */
    public void stopAdopting() {
        adopting = false;
    }

    /** The host in its newest registration. */
    public HostRef at(String name) {
        return new HostRef(HostId.of(name), host(name).journal.state().hostEpoch());
    }

    public World run(Duration span) {
        Instant end = now.plus(span);
        while (now.isBefore(end)) {
            now = now.plus(STEP);
            xen.advanceTo(now);
            hosts.values().forEach(Host::step);
        }
        return this;
    }

    /** Runs until a host has reported such a fact; fails after a virtual minute. */
    public <T extends HostReport> T await(String name, Class<T> type, Predicate<T> matching) {
        for (int i = 0; i < 6_000; i++) {
            List<T> found = facts(name, type).stream().filter(matching).toList();
            if (!found.isEmpty()) {
                return found.getLast();
            }
            run(STEP);
        }
        throw new AssertionError("no " + type.getSimpleName() + " from " + name + ", only " + facts(name));
    }

    public <T extends HostReport> T await(String name, Class<T> type) {
        return await(name, type, _ -> true);
    }

    public World ready() {
        hosts.keySet().forEach(each -> await(each, HostReport.InventoryReported.class));
        return run(Duration.ofMillis(100));
    }

    /** kill -9 of the agent. */
    public void kill(String name) {
        host(name).agent = Optional.empty();
    }

    public void restart(String name) {
        host(name).start();
    }

    /** The agent begins anew on a disk on which nothing can be written, or it can be written again. */
    public void fill(String name, boolean full) {
        host(name).full = full;
        host(name).start();
    }

    public Envelope<?> order(HostCommand command) {
        return send("migration", command.aggregateId(), command);
    }

    public Envelope<?> send(String service, String decider, HostCommand command) {
        Envelope<?> envelope = envelope(new Cause(service, decider, ++numbers), null, command);
        host(command.at().host().value()).commands.add(envelope);
        return envelope;
    }

    public void deliver(String name, Envelope<?> envelope) {
        host(name).commands.add(envelope);
    }

    public Envelope<HostCommand> envelope(Cause cause, Instant notAfter, HostCommand command) {
        UUID id = UUID.nameUUIDFromBytes((cause.stream() + cause.number()).getBytes());
        return new Envelope<>(
                id,
                MessageTypes.nameOf(command.getClass()),
                1,
                command.aggregateId(),
                null,
                cause,
                5L,
                null,
                command.at().hostEpoch(),
                null,
                notAfter,
                now,
                id,
                id,
                Actor.service(cause.service()),
                null,
                command);
    }

    public List<HostReport> facts(String name) {
        return host(name).events.stream().map(each -> (HostReport) each.data()).toList();
    }

    public <T extends HostReport> List<T> facts(String name, Class<T> type) {
        return facts(name).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Makes a disk and boots a Linode that has it. */
    public BootSpec boot(String name, long linode, long ownerEpoch) {
        BootSpec spec = spec(linode, 1);
        DiskSpec disk = new DiskSpec(
                new DiskId(linode), "root", 10_240, "ext4", Optional.of("linode/debian12"), Optional.empty());
        send("storage", "disks:" + linode, new HostCommand.CreateDisk(at(name), POOL, new LinodeId(linode), disk));
        await(name, HostReport.DiskCreated.class, each -> each.linode().value() == linode);
        send(
                "scheduler",
                "linode:" + linode,
                new HostCommand.BootLinode(at(name), new LinodeId(linode), ownerEpoch, spec));
        await(name, HostReport.LinodeBootObserved.class, each -> each.linode().value() == linode);
        return spec;
    }

    public static BootSpec spec(long linode, long generation) {
        BlockDevice root = new BlockDevice("sda", BlockDevice.Kind.disk, linode, POOL, 10_240);
        return new BootSpec(
                generation,
                "linode" + linode,
                new Resources(1, 1_024),
                "linode/grub2",
                "/dev/sda",
                List.of(root),
                List.of());
    }
}
