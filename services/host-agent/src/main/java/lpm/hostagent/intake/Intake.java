package lpm.hostagent.intake;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.Origin;
import lpm.hostagent.report.Reports;
import lpm.hostagent.steps.Machine;
import lpm.hostagent.steps.Observed;
import lpm.hostagent.steps.Refusals;
import lpm.hostagent.steps.Step;
import lpm.hostagent.steps.StepPlan;
import lpm.hostagent.steps.StepPlanner;
import lpm.hostagent.steps.StepRun;
import lpm.hostagent.steps.StepRunner;

/**
 * Takes orders in the order of their topic, one Linode's after another, different Linodes' side by side. An order is
 * dealt with when its facts are in the journal; until then a crash brings it back.
 */
public final class Intake {
    /** Orders in hand at most; more wait in the topic. */
    public static final int MAX_ORDERS = 1_000;

    /** How long a disk waits for the secret that goes into it. */
    public static final Duration SECRET_PATIENCE = Duration.ofSeconds(10);

    /** How long an order waits after nobody answered. */
    public static final Duration RETRY_AFTER = Duration.ofMillis(500);

    /** Stands for no Linode where an order concerns none. */
    private static final LinodeId NOBODY = LinodeId.of(Long.MAX_VALUE);

    private final Machine machine;
    private final Journal journal;
    private final Reports reports;
    private final Registration registration;
    private final StepRunner runner;
    private final InstantSource clock;
    private final List<Order> orders = new ArrayList<>();
    /** What came of the order that was just dealt with. */
    private final List<HostReport> facts = new ArrayList<>();

    private long nextOffset;

    public Intake(
            Machine machine,
            Journal journal,
            Reports reports,
            Registration registration,
            StepRunner runner,
            InstantSource clock) {
        this.machine = machine;
        this.journal = journal;
        this.reports = reports;
        this.registration = registration;
        this.runner = runner;
        this.clock = clock;
        this.nextOffset = journal.state().nextOffset();
    }

    /** One record of the topic, in the order of its offsets; data that is no known command is refused in its turn. */
    public void offer(long offset, Envelope<?> envelope) {
        if (offset >= nextOffset) {
            orders.add(new Order(offset, envelope, clock.instant()));
            nextOffset = offset + 1;
        }
    }

    /** Whether more may be offered. Before a registration everything is read, for the order that brings one. */
    public boolean wantsMore() {
        return orders.size() < MAX_ORDERS || journal.state().hostEpoch() == 0;
    }

    /** Whether an order for this Linode is in hand: what is seen of it then is no news. */
    public boolean isBusy(LinodeId linode) {
        return orders.stream().anyMatch(each -> each.run != null && each.lanes().contains(linode.aggregateId()));
    }

    /** Whether steps are under way, so that it pays to look again soon. */
    public boolean isBusy() {
        return !orders.isEmpty();
    }

    /** Goes on with every order whose turn it is. */
    public void advance() {
        Set<String> taken = new HashSet<>();
        for (Iterator<Order> each = orders.iterator(); each.hasNext(); ) {
            Order order = each.next();
            boolean free = Collections.disjoint(taken, order.lanes());
            if (free && advance(order)) {
                each.remove();
                dealtWith(order);
            } else {
                taken.addAll(order.lanes());
            }
        }
    }

    /** A new incarnation began: steps under way were for the old one, and every check starts over. */
    public void startOver() {
        orders.forEach(each -> {
            each.run = null;
            each.failing = false;
        });
    }

    /** Whether the order is dealt with; then {@link #facts} say what came of it. */
    private boolean advance(Order order) {
        if (registration.awaitsLease() || clock.instant().isBefore(order.retryAt)) {
            return false;
        }
        try {
            return takeUp(order);
        } catch (UncheckedIOException disk) {
            // The journal itself fails: only a restart, on a disk that works, can go on.
            throw disk;
        } catch (PortUnreachable nobody) {
            // What was asked may have happened: look again later, and plan again from what is there then.
            order.run = null;
            order.failing = false;
            order.retryAt = clock.instant().plus(RETRY_AFTER);
            registration.suspectPowerCycle();
            return false;
        } catch (RuntimeException poison) {
            // An order that cannot be worked on must not keep all later ones from being read.
            facts.clear();
            return refuse(order, "cannot be carried out: " + poison);
        }
    }

    private boolean takeUp(Order order) {
        Optional<HostCommand> command = order.command();
        if (command.isEmpty()) {
            return unknown(order);
        }
        return order.run == null ? begin(order, command.get()) : goOn(order, command.get());
    }

    private boolean unknown(Order order) {
        Cause cause = order.envelope.cause();
        boolean registered = reports.self().hostEpoch() > 0;
        boolean refusedBefore = cause != null && journal.state().isDone(cause);
        if (registered && !refusedBefore) {
            refuse(order, "this agent does not know version " + order.envelope.version() + " of it");
        }
        return registered;
    }

    private boolean begin(Order order, HostCommand command) {
        if (command instanceof HostCommand.AdoptEpoch adoption) {
            adopt(order, adoption);
            return true;
        }
        return switch (Gate.admit(order, command, journal.state(), reports.self(), clock.instant())) {
            case Gate.Verdict.Drop _ -> true;
            case Gate.Verdict.Hold _ -> false;
            case Gate.Verdict.Refuse it -> refuse(order, it.reason());
            case Gate.Verdict.Pass _ -> missingSecret(command).isEmpty() ? plan(order, command) : awaitSecret(order);
        };
    }

    private void adopt(Order order, HostCommand.AdoptEpoch adoption) {
        Cause cause = order.envelope.cause();
        if (cause == null || !journal.state().isDone(cause)) {
            registration.adopt(adoption, Origin.of(order.envelope)).ifPresent(facts::add);
            startOver();
        }
    }

    private boolean plan(Order order, HostCommand command) {
        Observed here = observe(command);
        if (Gate.owner(command, here) instanceof Gate.Verdict.Refuse it) {
            return refuse(order, it.reason());
        }
        return switch (StepPlanner.plan(command, order.envelope.id().toString(), here)) {
            case StepPlan.Refused it -> refuse(order, it.reason());
            case StepPlan.Steps it -> {
                order.run = new StepRun(it.steps(), runner);
                yield goOn(order, command);
            }
        };
    }

    private boolean goOn(Order order, HostCommand command) {
        StepRun run = order.run;
        if (run == null) {
            return false;
        }
        return run.advance().filter(ended -> ended(order, command, ended)).isPresent();
    }

    private boolean ended(Order order, HostCommand command, StepRun.Ended ended) {
        if (ended.refusal().isEmpty()) {
            facts.addAll(ended.facts());
            return true;
        }
        Observed here = observe(command);
        String reason = ended.refusal().get();
        HostReport said = Refusals.fact(command, reports.self(), here.domain().seen(), reason);
        List<Step> undo = Refusals.undo(command, here.domain().seen());
        if (order.failing || undo.isEmpty()) {
            facts.add(said);
            return true;
        }
        List<Step> steps = new ArrayList<>(undo);
        steps.add(new Step.Tell(said));
        order.failing = true;
        order.run = new StepRun(steps, runner);
        return goOn(order, command);
    }

    private boolean refuse(Order order, String reason) {
        facts.add(new HostReport.CommandRefused(
                reports.self(), order.envelope.type(), order.envelope.aggregateId(), reason));
        return true;
    }

    private Observed observe(HostCommand command) {
        Optional<LinodeId> subject = Subject.of(command);
        LinodeId linode = subject.orElse(NOBODY);
        Domain domain = subject.isPresent() ? machine.hypervisor().describe(linode) : Domain.absent(linode);
        return new Observed(reports.self(), domain, journal.state().linode(linode));
    }

    private Optional<String> missingSecret(HostCommand command) {
        return secretOf(command).filter(ref -> journal.state().secret(ref).isEmpty());
    }

    private static Optional<String> secretOf(HostCommand command) {
        return command instanceof HostCommand.CreateDisk it ? it.disk().secretRef() : Optional.empty();
    }

    /** Its silence is no verdict on the disk: storage asks again, and the secret is sent again with that. */
    private boolean awaitSecret(Order order) {
        return !clock.instant().isBefore(order.heardAt.plus(SECRET_PATIENCE))
                && refuse(order, "the secret of the disk has not come within " + SECRET_PATIENCE.toSeconds() + " s");
    }

    /** Facts, what they leave in memory, and how far the topic is read become durable in one step. */
    private void dealtWith(Order order) {
        Cause cause = order.envelope.cause();
        List<Entry> notes = new ArrayList<>();
        if (cause != null) {
            notes.add(new Entry.Done(cause.stream(), cause.number(), clock.instant()));
        }
        if (order.run != null) {
            order.command().flatMap(Intake::secretOf).ifPresent(ref -> notes.add(new Entry.SecretUsed(ref)));
        }
        notes.add(new Entry.ReadTo(orders.isEmpty() ? nextOffset : orders.getFirst().offset));
        List<HostReport> said = List.copyOf(facts);
        facts.clear();
        reports.commit(Origin.of(order.envelope), said, notes);
    }
}
