package lpm.systemtests.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.platform.Commands;
import lpm.platform.Commands.Outcome;
import lpm.platform.Refusal;
import lpm.platform.Rows;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.Parts;
import lpm.systemtests.simulation.SimulatedApp;
import lpm.systemtests.simulation.SimulatedHost;

/** A cell, and what scripts have begun in it. */
final class World {
    private static final Map<String, Verb> VERBS = verbs();

    private final Cell cell;
    private final Sightings sightings;
    private final List<Armed> stored = new ArrayList<>();
    private final List<Armed> published = new ArrayList<>();
    private boolean faultsEnded;
    private int refused;

    World(Script script, Parts parts) {
        this.cell = new Cell(script.seed(), script.hosts(), parts);
        this.sightings = new Sightings(cell);
        cell.onFact(fact -> fire(stored, fact));
        cell.bus().watch(record -> fire(published, record.envelope()));
    }

    /** Steps that wait for something to happen. */
    private record Armed(String type, Consumer<Envelope<?>> then) {}

    private static Map<String, Verb> verbs() {
        Map<String, Verb> all = new TreeMap<>();
        all.putAll(Operations.VERBS);
        all.putAll(Faults.VERBS);
        all.putAll(Waits.VERBS);
        return all;
    }

    Cell cell() {
        return cell;
    }

    Sightings sightings() {
        return sightings;
    }

    /** Requests that were refused, or found nobody to answer. */
    int refused() {
        return refused;
    }

    void act(Step step) {
        Verb verb = VERBS.get(step.verb());
        if (verb == null) {
            throw new IllegalArgumentException("expected one of " + VERBS.keySet() + ", found \"" + step + "\"");
        }
        verb.act(this, step.words());
    }

    /** A request to a service; whether it was accepted. */
    boolean ask(String service, Command... unit) {
        return ask(service, List.of(unit), Commands.NOTHING_BESIDE);
    }

    /** The same; once it is accepted, rows are written in its transaction. */
    boolean ask(String service, List<Command> unit, Consumer<Rows> beside) {
        SimulatedApp app = cell.service(service);
        boolean accepted = app.isUp() && app.ask(unit, beside) instanceof Outcome.Accepted;
        if (!accepted) {
            refused++;
        }
        return accepted;
    }

    /** Why a request would be refused now; for scripts that expect one. */
    Refusal refusal(String service, Command... unit) {
        return cell.service(service).ask(unit) instanceof Outcome.Rejected(Refusal why)
                ? why
                : Refusal.of("it was accepted");
    }

    /** Lets something begin now, and end after so many seconds. */
    void during(String seconds, Runnable begin, Runnable end) {
        begin.run();
        cell.timeline().after(Step.seconds(seconds), end);
    }

    /** Does something once the next event of a type is stored, before anybody hears of it. */
    void onceStored(String type, Consumer<Envelope<?>> then) {
        stored.add(new Armed(type, then));
    }

    /** Does something once the next record of a type is published. */
    void oncePublished(String type, Consumer<Envelope<?>> then) {
        published.add(new Armed(type, then));
    }

    private void fire(List<Armed> armed, Envelope<?> fact) {
        List<Armed> due =
                armed.stream().filter(each -> each.type().equals(fact.type())).toList();
        armed.removeAll(due);
        due.forEach(
                each -> cell.timeline().after(Duration.ZERO, () -> each.then().accept(fact)));
    }

    /** Whether faults that wait for their moment have missed it. */
    boolean haveFaultsEnded() {
        return faultsEnded;
    }

    /** Ends everything that is wrong: from now on all parts work. */
    void endFaults() {
        faultsEnded = true;
        stored.clear();
        published.clear();
        cell.weather().calm();
        cell.xen().forgetFaults();
        cell.services().forEach(SimulatedApp::start);
        for (SimulatedHost host : cell.hosts()) {
            cell.xen().powerOn(host.id());
            cell.xen().healPool(host.id());
            cell.hosts().stream().filter(other -> !other.equals(host)).forEach(other -> cell.xen()
                    .healLink(host.id(), other.id()));
            host.slowDisks(Duration.ZERO);
            host.loseDiskAnswers(false);
            host.acknowledge(true);
            host.connect(true);
            if (!host.isUp()) {
                host.startAgent();
            }
        }
    }
}
