package lpm.platform.toy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.MigrationId;
import lpm.contracts.storage.StorageCommand;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.KnownView;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Process;
import lpm.platform.Query;
import lpm.platform.Reaction;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.View;

/**
 * The toy App. Adding 7 sends two commands to storage, 8 adds 1 to the counter itself, 9 reminds it to add 2 after
 * 50 ms, 13 makes {@code react} fail while {@link #unlucky} is set, 14 sends a command that explodes. Of what others
 * add, {@link #MUCH} and more is only noted.
 */
public final class Toy {
    public static final String VIEW = "counter_view";
    public static final String KNOWN = "known_counter_view";

    /** Foreign amounts from here on are noted, and nothing follows from them. */
    public static final long MUCH = 1_000;

    /** Whether reacting to 13 fails. */
    public volatile boolean unlucky = true;

    /** Whether foreign amounts of 66 make the inbox fail. */
    public volatile boolean deaf = true;

    /** What the view was told, replays too. */
    public final List<Envelope<CounterEvent>> shown = new CopyOnWriteArrayList<>();

    public record Row(String id, long total) {}

    /** Asks for room in the first counter that has it. */
    public record AddSomewhere(long amount) implements Command {
        @Override
        public String aggregateId() {
            return "planner:counter";
        }
    }

    public App app(String name, Pattern... reads) {
        return new App(
                name,
                List.of(reads),
                false,
                List.of(Feature.of(
                                "counter",
                                CounterCommand.class,
                                CounterState.class,
                                CounterEvent.class,
                                new CounterDecider())
                        .reacting(process())
                        .listening(this::translate)
                        .showing(view())),
                List.of(new FirstWithRoom()),
                List.of(new Known()),
                List.of());
    }

    public static Request request() {
        UUID id = UUID.randomUUID();
        return new Request(id, id, null, new Actor(Actor.Kind.user, "1"), "test", Instant.now());
    }

    private Process<CounterEvent> process() {
        return event -> switch (event.data()) {
            case CounterEvent.Opened _ -> List.of();
            case CounterEvent.Added added -> react(added);
        };
    }

    private List<Reaction> react(CounterEvent.Added added) {
        if (added.amount() == 13 && unlucky) {
            throw new IllegalStateException("thirteen");
        }
        return switch ((int) added.amount()) {
            case 7 ->
                List.of(
                        Reaction.send(new StorageCommand.FinishMove(new MigrationId(7)), Duration.ofSeconds(60)),
                        Reaction.send(new StorageCommand.AbortMove(new MigrationId(8))));
            case 8 -> List.of(Reaction.send(new CounterCommand.Add(added.counter(), 1)));
            case 9 -> List.of(Reaction.remind(Duration.ofMillis(50), new CounterCommand.Add(added.counter(), 2)));
            case 14 -> List.of(Reaction.send(new CounterCommand.Explode(added.counter())));
            default -> List.of();
        };
    }

    private List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case CounterEvent.Added added
            when added.amount() == 66 && deaf -> throw new IllegalStateException("sixty-six");
            case CounterEvent.Added added when added.amount() >= MUCH -> List.of();
            case CounterEvent.Opened opened -> List.of(new CounterCommand.Open("copy-" + opened.counter(), 1_000_000));
            case CounterEvent.Added added ->
                List.of(new CounterCommand.NoteHeard("copy-" + added.counter(), added.amount()));
            case StorageCommand.FinishMove finish ->
                List.of(new CounterCommand.Add("moves", finish.migration().value()));
            default -> List.of();
        };
    }

    private View<CounterEvent, CounterState> view() {
        return new View<>() {
            @Override
            public List<String> tables() {
                return List.of(VIEW);
            }

            @Override
            public void project(Envelope<CounterEvent> event, CounterState after, Rows rows) {
                shown.add(event);
                CounterState.Counting counting = (CounterState.Counting) after;
                String counter = event.data().counter();
                rows.put(VIEW, counter, new Row(counter, counting.total()));
            }
        };
    }

    private static final class Known implements KnownView {
        @Override
        public List<String> tables() {
            return List.of(KNOWN);
        }

        @Override
        public void note(Envelope<?> foreign, Rows rows) {
            if (foreign.data() instanceof CounterEvent.Added added) {
                rows.put(KNOWN, added.counter(), new Row(added.counter(), added.amount()));
            }
        }
    }

    private static final class FirstWithRoom implements Planner<AddSomewhere> {
        @Override
        public Class<AddSomewhere> question() {
            return AddSomewhere.class;
        }

        @Override
        public List<List<Command>> plan(AddSomewhere question, Lookup rows) {
            List<List<Command>> alternatives = new ArrayList<>();
            rows.find(VIEW, Query.all().orderBy("id", false), Row.class)
                    .forEach(row -> alternatives.add(List.of(
                            new CounterCommand.Add(row.id(), question.amount()), new CounterCommand.Add(row.id(), 0))));
            return alternatives;
        }
    }
}
