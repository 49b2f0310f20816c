package lpm.scheduler.placement;

import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;

/** A placement decision: not yet made, or made once and for all. */
public sealed interface DecisionState {
    record Open() implements DecisionState {}

    record Made(PlacementDecided decided) implements DecisionState {}
}
