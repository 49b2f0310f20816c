package lpm.hostagent.steps;

import java.util.List;

/** What an order comes to on this host. */
public sealed interface StepPlan {
    /** These steps, in this order; the first that fails ends them. */
    record Steps(List<Step> steps) implements StepPlan {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /** Nothing: the order does not fit what is here. */
    record Refused(String reason) implements StepPlan {}

    static StepPlan of(Step... steps) {
        return new Steps(List.of(steps));
    }

    static StepPlan of(List<Step> steps) {
        return new Steps(steps);
    }

    static StepPlan refuse(String reason) {
        return new Refused(reason);
    }
}
