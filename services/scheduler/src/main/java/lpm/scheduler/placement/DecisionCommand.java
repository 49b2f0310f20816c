package lpm.scheduler.placement;

import lpm.contracts.Command;
import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;

/** Orders to a placement decision's aggregate. */
public sealed interface DecisionCommand extends Command {

    /** Keep why the Linode got this host, or none. */
    record NoteDecision(PlacementDecided decided) implements DecisionCommand {
        @Override
        public String aggregateId() {
            return "decision:" + decided.decision();
        }
    }
}
