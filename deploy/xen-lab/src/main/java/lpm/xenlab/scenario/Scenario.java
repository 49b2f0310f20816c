package lpm.xenlab.scenario;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import lpm.xenlab.LabOptions.Pool;

/**
 * One thing that happens.
 *
 * @param pool what the disks must lie in
 * @param usual whether it is played where nobody asks for all
 * @param play does it, fails when what must be is not, and tells the figures it saw
 */
record Scenario(String name, Pool pool, boolean usual, Function<Stage, String> play) {

    static Scenario usual(String name, Function<Stage, String> play) {
        return new Scenario(name, Pool.ceph, true, play);
    }

    static Scenario more(String name, Function<Stage, String> play) {
        return new Scenario(name, Pool.ceph, false, play);
    }

    static Scenario onNfs(String name, Function<Stage, String> play) {
        return new Scenario(name, Pool.nfs, false, play);
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
                        GuestWishes.SCENARIOS,
                        Restarts.SCENARIOS,
                        DebianLinode.SCENARIOS,
                        DisksInNfs.SCENARIOS)
                .flatMap(List::stream)
                .toList();
    }
}
