package lpm.systemtests.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Feature;
import lpm.platform.KnownView;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.linode.SecretTables;

/** One service run in memory: the same features as in production; its store outlives its process. */
public final class SimulatedApp implements Commands {
    private final Supplier<App> source;
    private final Around around;
    private final Store store = new Store();
    private final Bus.Reader reader;
    private LiveApp process;
    private boolean up = true;

    /** What a service stands on. */
    record Around(
            Timeline timeline, Bus bus, Weather weather, Tally tally, Keeping keeping, Consumer<Envelope<?>> facts) {}

    /** @param source makes the service anew, with nothing in memory */
    SimulatedApp(Supplier<App> source, Around around) {
        this.source = source;
        this.around = around;
        this.process = new LiveApp(source.get(), store, around);
        App app = process.app();
        this.reader = around.bus()
                .reader(
                        topic -> app.reads().stream()
                                .anyMatch(each -> each.matcher(topic).matches()),
                        (lane, offset, envelope) -> process.take(lane, offset, envelope));
        reader.open(store::position);
        if (app.telemetry()) {
            around.bus().listen(Topics.HOST_TELEMETRY, told -> {
                if (up) {
                    process.hear(told);
                }
            });
        }
    }

    public String name() {
        return process.app().name();
    }

    // --- its process ----------------------------------------------------------------------------------------------

    public boolean isUp() {
        return up;
    }

    /** Kills the process between two of its steps; what is in its store stays. */
    public void crash() {
        if (up) {
            up = false;
            process.kill();
            reader.close();
        }
    }

    /** Starts the process again, on its store. */
    public void start() {
        if (!up) {
            up = true;
            process = new LiveApp(source.get(), store, around);
            reader.open(store::position);
        }
    }

    /** The partitions come back from a replica that was less far: some records are delivered again. */
    public void rewind(int records) {
        around.tally().hit(Tally.REWOUND);
        reader.rewind(records);
    }

    /** Publishes the last events again. */
    public void republish(int last) {
        if (up) {
            process.republish(last);
        }
    }

    @Override
    public Outcome send(Request request, List<? extends Command> unit, Consumer<Rows> beside) {
        return process.send(request, unit, beside);
    }

    /** A request of an operator, now. */
    public Outcome ask(Command... unit) {
        return ask(List.of(unit), NOTHING_BESIDE);
    }

    /** The same; once it is accepted, rows are written in its transaction. */
    public Outcome ask(List<Command> unit, Consumer<Rows> beside) {
        UUID id = around.timeline().newId();
        return send(
                new Request(
                        id,
                        id,
                        null,
                        new Actor(Actor.Kind.operator, "simulation"),
                        null,
                        around.timeline().now()),
                unit,
                beside);
    }

    // --- its store ------------------------------------------------------------------------------------------------

    /** The rows of its views. */
    public InMemoryRows rows() {
        return store.rows();
    }

    /** The state of an aggregate; empty when nothing ever happened to it. */
    public <S> Optional<S> state(String aggregateId, Class<S> type) {
        return store.find(aggregateId).map(stream -> type.cast(stream.state()));
    }

    /** The states of all aggregates that are in one of these. */
    public <S> Map<String, S> states(Class<S> type) {
        Map<String, S> found = new TreeMap<>();
        store.streams().forEach((id, stream) -> {
            if (type.isInstance(stream.state())) {
                found.put(id, type.cast(stream.state()));
            }
        });
        return found;
    }

    /** The events of an aggregate. */
    public List<? extends Envelope<?>> events(String aggregateId) {
        return store.find(aggregateId)
                .<List<? extends Envelope<?>>>map(Stream::events)
                .orElse(List.of());
    }

    /** All its events, in the order of their positions. */
    public List<Envelope<?>> log() {
        return List.copyOf(store.log());
    }

    /** Own commands that wait for their turn, reminders aside. */
    public long waiting() {
        return store.due().stream().filter(each -> !each.reminder()).count()
                + (store.log().size() - store.relayed());
    }

    // --- rebuilt --------------------------------------------------------------------------------------------------

    /** Its views made anew from its events. */
    public InMemoryRows rebuiltViews() {
        InMemoryRows fresh = new InMemoryRows();
        Map<String, Object> states = new TreeMap<>();
        for (Envelope<?> event : store.log()) {
            process.app().features().stream()
                    .filter(each -> each.events().isInstance(event.data()))
                    .forEach(each -> project(each, event, states, fresh));
        }
        return fresh;
    }

    private static <S, E extends Event> void project(
            Feature<?, S, E> feature, Envelope<?> event, Map<String, Object> states, InMemoryRows rows) {
        S before = feature.states()
                .cast(states.getOrDefault(event.aggregateId(), feature.decider().initial()));
        E data = feature.events().cast(event.data());
        S after = feature.decider().evolve(before, data);
        states.put(event.aggregateId(), after);
        feature.view().project(event.withData(data), after, rows);
    }

    /** What it knows of others made anew from the topics, in the order in which they were published. */
    public InMemoryRows rebuiltKnown() {
        InMemoryRows fresh = new InMemoryRows();
        Map<String, Long> last = new TreeMap<>();
        App app = process.app();
        for (int i = 0; i < around.bus().size(); i++) {
            Bus.Published each = around.bus().at(i);
            long number = Optional.ofNullable(each.envelope().sequence()).orElse(-1L);
            boolean read = app.reads().stream()
                    .anyMatch(topic -> topic.matcher(each.topic()).matches());
            String stream = each.topic() + " " + each.envelope().aggregateId();
            if (read && number > last.getOrDefault(stream, -1L)) {
                last.put(stream, number);
                app.known().forEach(known -> known.note(each.envelope(), fresh));
            }
        }
        return fresh;
    }

    /** The tables that {@link #rebuiltViews} makes. */
    public List<String> viewTables() {
        return process.app().features().stream()
                .flatMap(each -> each.view().tables().stream())
                .distinct()
                .toList();
    }

    /** The tables that {@link #rebuiltKnown} makes; secrets never come in messages. */
    public List<String> knownTables() {
        return process.app().known().stream()
                .filter(each -> !(each instanceof SecretTables))
                .map(KnownView::tables)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
