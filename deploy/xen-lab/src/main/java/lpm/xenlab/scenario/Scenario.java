package lpm.xenlab.scenario;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One thing that happens.
 *
 * @param usual whether it is played where nobody asks for all
 * @param play does it, fails when what must be is not, and tells the figures it saw
 */
record Scenario(String name, boolean usual, Function<Stage, String> play) {

    static Scenario usual(String name, Function<Stage, String> play) {
        return new Scenario(name, true, play);
    }

    static Scenario more(String name, Function<Stage, String> play) {
        return new Scenario(name, false, play);
    }

    static List<Scenario> all() {
        return Stream.of(
                        Moves.SCENARIOS,
                        HostDeaths.SCENARIOS,
                        LibvirtDeaths.SCENARIOS,
                        LinkCuts.SCENARIOS,
                        AgentDeaths.SCENARIOS,
                        AgentInside.SCENARIOS,
                        StorageFaults.SCENARIOS,
                        GuestWishes.SCENARIOS)
                .flatMap(List::stream)
                .toList();
    }
}
