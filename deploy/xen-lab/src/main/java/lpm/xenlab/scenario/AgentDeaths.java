package lpm.xenlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An agent is killed in each phase of a move, at each end; it is started again at once, as a host's unit would be. */
final class AgentDeaths {
    static final List<Scenario> SCENARIOS = scenarios();

    private AgentDeaths() {}

    private static List<Scenario> scenarios() {
        Map<String, Consumer<Move>> phases = new TreeMap<>(Map.of(
                "preparing",
                move -> move.awaitEvent("MigrationStarted"),
                "copying",
                Move::awaitMidCopy,
                "switching",
                Move::awaitSwitch,
                "committed",
                move -> move.awaitEvent("HandoverCommitted")));
        List<Scenario> all = new ArrayList<>();
        for (String end : List.of("source", "target")) {
            phases.forEach((phase, moment) -> all.add(Scenario.more(
                    "agent-killed-at-" + end + "-" + phase, stage -> killed(stage, end.equals("source"), moment))));
        }
        return List.copyOf(all);
    }

    private static String killed(Stage stage, boolean atSource, Consumer<Move> moment) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        moment.accept(move);
        long killed = System.nanoTime();
        stage.agent(atSource ? move.source() : move.target()).crash();
        String end = move.mustEndWell();
        double ended = DoubleRunWitness.seconds(System.nanoTime() - killed);
        long standstill = move.standstillMillis();
        ConsoleTicks ticks = guest.mustHaveAllTicks();
        return String.format(
                Locale.ROOT,
                "%s %.1f s after the kill, no copy could run for %d ms, %d console ticks, none lost",
                end,
                ended,
                standstill,
                ticks.last() + 1);
    }
}
