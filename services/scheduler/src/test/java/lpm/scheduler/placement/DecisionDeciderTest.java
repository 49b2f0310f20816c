package lpm.scheduler.placement;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.PlacementEvent;
import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;
import lpm.platform.DeciderSpec;
import lpm.scheduler.placement.DecisionCommand.NoteDecision;
import org.junit.jupiter.api.Test;

class DecisionDeciderTest {
    @Test
    void aDecisionIsWrittenOnceAndNeverChanged() {
        spec().when(new NoteDecision(decided("h1")))
                .then(decided("h1"))
                .when(new NoteDecision(decided("h1")))
                .thenNothing()
                .when(new NoteDecision(decided("h2")))
                .thenRefused("Decision 5-1 is already made.");
    }

    private static DeciderSpec<DecisionCommand, DecisionState, PlacementEvent> spec() {
        return DeciderSpec.of(new DecisionDecider());
    }

    private static PlacementDecided decided(String host) {
        return new PlacementDecided(
                "5-1",
                new LinodeId(5),
                new AccountId(7),
                Fleets.EAST,
                new Resources(1, 1024),
                "create",
                Optional.of(new HostRef(new HostId(host), 1)),
                2,
                List.of(),
                List.of(),
                List.of());
    }
}
