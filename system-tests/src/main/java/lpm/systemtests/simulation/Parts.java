package lpm.systemtests.simulation;

import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.hostagent.journal.JournalState;
import lpm.hostagent.steps.Machine;
import lpm.platform.App;

/** What a cell is put together from; tests put something else in the place of one part. */
public interface Parts {
    /** Everything as it is. */
    Parts REAL = new Parts() {};

    /** A service, each time it starts. */
    default App app(App app) {
        return app;
    }

    /** What a host's agent works on, each time it starts. */
    default Machine machine(HostId host, Machine machine) {
        return machine;
    }

    /** An order as its host's agent, which knows that much, takes it from the topic. */
    default Envelope<?> order(Envelope<?> order, JournalState known) {
        return order;
    }

    /** How services remember what they did. */
    default Keeping keeping() {
        return Keeping.EXACT;
    }
}
