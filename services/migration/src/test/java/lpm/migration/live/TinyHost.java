package lpm.migration.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;

/** One host of the model: at most one domain, an agent with a journal, and its two topics. */
final class TinyHost {
    /** What the hypervisor has of the Linode. */
    enum Domain {
        NONE,
        RUNNING,
        SUSPENDED,
        INCOMPLETE,
        PAUSED
    }

    /** An order as it lies in the host's topic. */
    record Order(long number, HostCommand command) {}

    final Deque<Order> orders = new ArrayDeque<>();
    final Deque<HostReport> reports = new ArrayDeque<>();
    HostRef ref;
    boolean up = true;
    long fencedEpoch;
    Domain domain = Domain.NONE;
    long domainEpoch;
    boolean domainOfMove;
    boolean receivedReported;
    boolean prepared;
    long journalNumber = -1;
    long journalEpoch;

    TinyHost(HostRef ref) {
        this.ref = ref;
    }

    void run(long epoch, boolean ofMove) {
        domain = Domain.RUNNING;
        domainEpoch = epoch;
        domainOfMove = ofMove;
    }

    void clear() {
        domain = Domain.NONE;
        domainEpoch = 0;
        domainOfMove = false;
        receivedReported = false;
    }

    /** Power-off: domains are gone, the agent says nothing more. */
    void fall() {
        clear();
        up = false;
        prepared = false;
    }

    /** A new incarnation with an empty journal. */
    void rise() {
        ref = new HostRef(ref.host(), ref.hostEpoch() + 1);
        up = true;
        journalNumber = -1;
        journalEpoch = 0;
    }

    DomainSeen seen(boolean jobRunning) {
        Optional<MigrationId> migration = domainOfMove ? Optional.of(Some.ID) : Optional.empty();
        DomainSeen.State state =
                switch (domain) {
                    case NONE -> DomainSeen.State.absent;
                    case RUNNING -> DomainSeen.State.running;
                    case SUSPENDED -> DomainSeen.State.suspended;
                    case INCOMPLETE, PAUSED -> DomainSeen.State.paused;
                };
        boolean job = jobRunning || domain == Domain.INCOMPLETE;
        return new DomainSeen(Some.LINODE, state, job, domainEpoch, 1, migration);
    }
}
