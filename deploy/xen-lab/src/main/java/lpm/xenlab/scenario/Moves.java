package lpm.xenlab.scenario;

import java.util.List;

/** Moves that nothing disturbs. */
final class Moves {
    static final List<Scenario> SCENARIOS =
            List.of(Scenario.usual("create-and-migrate-twice", Moves::createAndMigrateTwice));

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

    /** The API's figure lies between what the hypervisor cannot have done faster and what the network heard. */
    private static String figures(Move move) {
        String figures = move.figures();
        long told = move.now().path("guest_pause_millis").asLong();
        long standstill = move.standstillMillis();
        Failed.unless(
                told >= standstill - NETWORK_MILLIS,
                "a guest pause of at least the " + standstill + " ms in which no copy could run",
                told + " ms");
        return figures;
    }
}
