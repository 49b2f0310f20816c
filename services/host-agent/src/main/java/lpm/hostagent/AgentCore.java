package lpm.hostagent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.intake.DomainWatch;
import lpm.hostagent.intake.Intake;
import lpm.hostagent.intake.Registration;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.Origin;
import lpm.hostagent.lease.HostLease;
import lpm.hostagent.probe.PauseWatch;
import lpm.hostagent.report.Pulse;
import lpm.hostagent.report.Reports;
import lpm.hostagent.steps.Machine;
import lpm.hostagent.steps.OpenSends;
import lpm.hostagent.steps.StepRunner;

/**
 * The agent of one host, without threads, clock or IO of its own: intake, steps, hypervisor, report. It is driven by
 * one thread that offers it the records of the host's command topic, in the order of that topic's one partition, and
 * ticks it. A crash is to drop the object and to make another one on the same journal.
 */
public final class AgentCore {
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration BUSY = Duration.ofMillis(20);

    private final AgentPorts ports;
    private final Journal journal;
    private final Reports reports;
    private final HostLease lease;
    private final Registration registration;
    private final Intake intake;
    private final DomainWatch watch;
    private final PauseWatch pauses;
    private final Pulse pulse;
    private boolean reachable;
    private String trouble = "";
    private boolean greeted;

    public AgentCore(HostId host, Registration.Identity identity, AgentPorts ports) {
        this.ports = ports;
        this.journal = ports.journal();
        this.reports = new Reports(host, journal, ports.reports(), ports.clock());
        Machine machine = ports.machine();
        this.lease = new HostLease(machine.lease(), machine.hypervisor(), ports.clock(), machine.steps());
        this.registration = new Registration(machine, journal, reports, lease, identity, ports.clock());
        OpenSends sends = new OpenSends();
        this.pauses = new PauseWatch(machine.probe(), journal, reports, ports.clock());
        StepRunner runner =
                new StepRunner(machine, lease, sends, pauses, journal, reports, identity.key(), ports.clock());
        this.intake = new Intake(machine, journal, reports, registration, runner, ports.clock());
        this.watch = new DomainWatch(machine, journal, reports, intake, sends, ports.clock());
        this.pulse = new Pulse(machine.hypervisor(), ports.pools(), reports, ports.telemetry(), ports.clock());
        reports.resend();
    }

    /** A journal that knows nothing reads from the topic's present end: what lies there was never meant for it. */
    public static void startReadingAt(Journal journal, long endOffset, Instant now) {
        if (journal.state().incarnation().isEmpty()) {
            journal.append(now, List.of(new Entry.ReadTo(endOffset)));
        }
    }

    /** The first offset that is still to be offered. */
    public long nextOffset() {
        return journal.state().nextOffset();
    }

    /** Whether records may be offered now; else they wait in the topic. */
    public boolean wantsMore() {
        return intake.wantsMore();
    }

    /**
     * One record of the command topic. {@code envelope.data()} is a {@code HostCommand}, or anything else for a type or
     * version this agent does not know: that is refused in its turn.
     */
    public void offer(long offset, Envelope<?> envelope) {
        intake.offer(offset, envelope);
    }

    /** Does nothing but keep the lease, so that what runs here goes on while nothing can be noted down. */
    public void keepLease() {
        try {
            registration.keepLease();
        } catch (PortUnreachable | PortRefusal nobody) {
            registration.suspectPowerCycle();
        }
    }

    /** Does everything that can be done now, without waiting. */
    public void tick() {
        try {
            registration.tick();
            if (registration.takeBegun()) {
                intake.startOver();
            }
            greet();
            intake.advance();
            boolean seeing = watch.tick();
            pauses.tick();
            registration.facts().ifPresent(facts -> pulse.tick(facts, lease.isFresh()));
            reachable = seeing;
            trouble = seeing ? "" : trouble;
        } catch (PortUnreachable | PortRefusal nobody) {
            reachable = false;
            trouble = String.valueOf(nobody.getMessage());
            registration.suspectPowerCycle();
        }
        reports.settle();
    }

    /** When it should be ticked again at the latest. */
    public Instant nextTick() {
        return ports.clock().instant().plus(isBusy() ? BUSY : IDLE);
    }

    private boolean isBusy() {
        return intake.isBusy() || watch.awaitsSend() || lease.isOpen();
    }

    /** Whether it is registered, has its hypervisor and may run Linodes. */
    public boolean isReady() {
        return reachable && journal.state().hostEpoch() > 0 && lease.isFresh();
    }

    /** Whether its hypervisor answered last time. */
    public boolean isReachable() {
        return reachable;
    }

    /** Why its hypervisor was not reached last time; empty when it was. */
    public String trouble() {
        return trouble;
    }

    /** A restarted agent of a known registration tells first what it finds. */
    private void greet() {
        if (!greeted && journal.state().hostEpoch() > 0) {
            reports.commit(Origin.ITSELF, List.of(registration.inventory()), List.of());
        }
        greeted = true;
    }
}
