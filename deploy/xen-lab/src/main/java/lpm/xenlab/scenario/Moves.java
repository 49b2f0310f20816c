package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Moves that nothing disturbs. */
final class Moves {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.usual("create-and-migrate-twice", Moves::createAndMigrateTwice),
            Scenario.more("ten-moves-crossing", Moves::crossing),
            Scenario.more("fifty-moves", Moves::fifty));

    private static final int FIFTY = 50;

    private static final int ROUNDS = 5;

    private static final int NETWORK_MILLIS = 500;

    private Moves() {}

    private static String createAndMigrateTwice(Stage stage) {
        Guest guest = stage.guest();
        Move there = guest.migrate();
        there.mustComplete();
        String first = figures(there);
        Move back = guest.migrate();
        back.mustComplete();
        String second = figures(back);
        ConsoleTicks ticks = guest.mustHaveAllTicks();
        return "there: " + first + "; back: " + second + "; " + (ticks.last() + 1) + " console ticks, none lost";
    }

    /** Two guests in opposite directions at the same time, so that each host sends and receives. */
    private static String crossing(Stage stage) {
        Guest one = stage.guest();
        Guest other = stage.guest();
        if (one.host().equals(other.host())) {
            other.migrate().mustComplete();
        }
        List<Long> standstills = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Move> moves = List.of(one.migrate(), other.migrate());
            moves.forEach(Move::mustComplete);
            moves.forEach(move -> standstills.add(move.standstillMillis()));
        }
        one.mustHaveAllTicks();
        other.mustHaveAllTicks();
        return "no console tick lost; no copy could run for " + standstills + " ms (witness)";
    }

    /**
     * As many as a Linode makes in years of maintenance. Not in the smallest guest: its kernel (6.1) loses more than a
     * MiB with each resume, and one of 128 MiB was out of memory after 46.
     */
    private static String fifty(Stage stage) {
        Guest guest = stage.ordered("lab-192").awaitRunning();
        List<Long> standstills = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        for (int i = 0; i < FIFTY; i++) {
            Move move = guest.migrate();
            move.mustComplete();
            standstills.add(move.standstillMillis());
            totals.add(move.now().path("total_millis").asLong());
            stage.say("%d of %d moves", i + 1, FIFTY);
        }
        ConsoleTicks ticks = guest.mustHaveAllTicks();
        return "%d moves in %s ms each, no copy could run for %s ms (witness), %d console ticks, none lost"
                .formatted(FIFTY, spread(totals), spread(standstills), ticks.last() + 1);
    }

    private static String spread(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return "%d (%d to %d)".formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }

    /** The API's figure lies between what the hypervisor cannot have done faster and what the network heard. */
    private static String figures(Move move) {
        String figures = move.figures();
        JsonNode told = move.now().path("guest_pause_millis");
        long standstill = move.standstillMillis();
        Failed.unless(
                standstill > 0 && (told.isNull() || told.asLong() >= standstill - NETWORK_MILLIS),
                "a guest pause of at least the time in which no copy could run",
                told + " and " + standstill + " ms");
        return figures;
    }
}
