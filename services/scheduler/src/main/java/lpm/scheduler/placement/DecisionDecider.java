package lpm.scheduler.placement;

import lpm.contracts.scheduler.PlacementEvent;
import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;
import lpm.scheduler.placement.DecisionCommand.NoteDecision;
import lpm.scheduler.placement.DecisionState.Made;
import lpm.scheduler.placement.DecisionState.Open;

/** Keeps why a Linode got its host, in the same unit of work as the reservation. Written once, never changed. */
public final class DecisionDecider implements Decider<DecisionCommand, DecisionState, PlacementEvent> {
    @Override
    public DecisionState initial() {
        return new Open();
    }

    @Override
    public Decision<PlacementEvent> decide(DecisionCommand command, DecisionState state) {
        return switch (command) {
            case NoteDecision note ->
                switch (state) {
                    case Open _ -> Decision.accept(note.decided());
                    case Made made when made.decided().equals(note.decided()) -> Decision.accept();
                    case Made _ -> Decision.reject("Decision " + note.decided().decision() + " is already made.");
                };
        };
    }

    @Override
    public DecisionState evolve(DecisionState state, PlacementEvent event) {
        return switch (event) {
            case PlacementDecided decided -> new Made(decided);
        };
    }

    @Override
    public Scope scope(DecisionState state) {
        return switch (state) {
            case Open _ -> Scope.NONE;
            case Made made -> Scope.of(made.decided().account());
        };
    }
}
