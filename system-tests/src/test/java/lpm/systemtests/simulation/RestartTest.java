package lpm.systemtests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.platform.Commands.Outcome;
import lpm.scheduler.host.HostState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A crash is a restart: whoever is killed after whichever event of a Linode's life, in the end every aggregate is in
 * the state that it has without (in memory on virtual time).
 */
class RestartTest {
    private static final long SEED = 1;
    private static final int HOSTS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final Duration AFTERWARDS = Duration.ofMinutes(5);
    /** What differs from run to run: ids, times, and how long a pause was, if its witness lived. */
    private static final Pattern CHANCE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|(?<=Millis=Optional)(\\[\\d+]|\\.empty)");

    /** What became of all aggregates of a cell. */
    private record Ending(Map<String, String> states, Map<String, List<String>> histories, int events) {}

    @ParameterizedTest
    @ValueSource(strings = {"account", "scheduler", "migration", "storage"})
    void aServiceKilledAfterAnyEventChangesNothing(String name) {
        killedAfterEachEvent(
                name,
                cell -> {
                    SimulatedApp service = cell.service(name);
                    service.crash();
                    cell.timeline().after(AWAY, service::start);
                },
                List.of(Ending::states, Ending::histories));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2", "h3"})
    void anAgentKilledAfterAnyEventChangesNoState(String name) {
        killedAfterEachEvent(
                "the agent of " + name,
                cell -> {
                    SimulatedHost host = cell.host(name);
                    host.killAgent();
                    cell.timeline().after(AWAY, host::startAgent);
                },
                List.of(Ending::states));
    }

    private static void killedAfterEachEvent(
            String who, Consumer<Cell> kill, List<Function<Ending, Map<String, ?>>> unchanged) {
        Ending undisturbed = life(0, _ -> {});
        for (int moment = 1; moment <= undisturbed.events(); moment++) {
            Ending found = life(moment, kill);
            String when = who + " killed after event " + moment + " of " + undisturbed.events();
            unchanged.forEach(each -> assertThat(each.apply(found)).as(when).isEqualTo(each.apply(undisturbed)));
        }
    }

    /** A Linode is ordered, boots, moves and is deleted; something is done right after the event of that number. */
    private static Ending life(int moment, Consumer<Cell> then) {
        Cell cell = new Cell(SEED, HOSTS);
        SimulatedApp scheduler = cell.service("scheduler");
        cell.await(
                "all hosts registered",
                LIMIT,
                () -> scheduler.states(HostState.Registered.class).size() == HOSTS);
        AtomicInteger events = new AtomicInteger();
        cell.onFact(_ -> {
            if (events.incrementAndGet() == moment) {
                cell.timeline().after(Duration.ZERO, () -> then.accept(cell));
            }
        });

        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createWithLogin("web");
        cell.await("running", LIMIT, () -> customer.isRunning(linode));
        HostId source = customer.hostOf(linode).orElseThrow();
        cell.await(
                "the move accepted",
                LIMIT,
                () -> scheduler.isUp() && customer.move(linode) instanceof Outcome.Accepted);
        cell.await(
                "moved",
                LIMIT,
                () -> scheduler.isUp()
                        && customer.isRunning(linode)
                        && !customer.hostOf(linode).orElseThrow().equals(source));
        customer.delete(linode);
        cell.timeline().run(AFTERWARDS);
        return ending(cell, events.get());
    }

    private static Ending ending(Cell cell, int events) {
        Map<String, String> states = new TreeMap<>();
        Map<String, List<String>> histories = new TreeMap<>();
        cell.services().forEach(service -> service.states(Object.class).forEach((id, state) -> {
            states.put(id, CHANCE.matcher(state.toString()).replaceAll("~"));
            histories.put(
                    id,
                    service.events(id).stream()
                            .map(event -> event.type())
                            // how often progress is told depends on how long things take
                            .filter(type -> !type.equals("account.ActivityProgressed"))
                            .toList());
        }));
        return new Ending(states, histories, events);
    }
}
