package lpm.scheduler.linode;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.platform.Decision;
import lpm.scheduler.linode.LinodeState.Placed;

/** Events of one decision, each of which may build on the state after the one before. */
final class LinodeStory {
    private final List<LinodeEvent> told = new ArrayList<>();
    private LinodeState state;

    LinodeStory(LinodeState state) {
        this.state = state;
    }

    LinodeStory tell(LinodeEvent event) {
        told.add(event);
        state = LinodeEvolution.evolve(state, event);
        return this;
    }

    LinodeState state() {
        return state;
    }

    /** The state, where the events so far leave the Linode at a host. */
    Placed placed() {
        if (state instanceof Placed it) {
            return it;
        }
        throw new IllegalStateException("the Linode is at no host: " + state);
    }

    Decision<LinodeEvent> end() {
        return Decision.accept(told);
    }
}
