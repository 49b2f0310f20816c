package lpm.scheduler.placement;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.PlacementEvent;
import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;
import lpm.platform.Rows;
import lpm.platform.View;

/** One row for each decision. */
public final class DecisionView implements View<PlacementEvent, DecisionState> {
    @Override
    public List<String> tables() {
        return List.of(DecisionRow.TABLE);
    }

    @Override
    public void project(Envelope<PlacementEvent> event, DecisionState after, Rows rows) {
        switch (event.data()) {
            case PlacementDecided e ->
                rows.put(
                        DecisionRow.TABLE,
                        e.decision(),
                        new DecisionRow(
                                e.decision(),
                                e.linode().value(),
                                e.account().value(),
                                e.region().value(),
                                e.purpose(),
                                e.resources().vcpus(),
                                e.resources().memoryMib(),
                                e.chosen().map(at -> at.host().value()).orElse(null),
                                e.considered(),
                                e.best(),
                                e.dropped(),
                                e.refusals(),
                                event.occurredAt()));
        }
    }
}
