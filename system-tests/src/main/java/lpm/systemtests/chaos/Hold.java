package lpm.systemtests.chaos;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.HostId;
import lpm.hostagent.simulated.CopyFault;
import lpm.hostagent.simulated.CopyPhase;
import lpm.local.Child;

/**
 * Keeps a migration in a phase until something has been broken in it: the simulated hypervisor waits, or the agent
 * whose answer would end the phase stands still for a moment. Phases that last long enough by themselves are not held.
 */
final class Hold {
    private final Playground ground;
    private final Cell.Phase phase;
    private final List<Child> still = new ArrayList<>();

    Hold(Playground ground, Cell.Phase phase) {
        this.ground = ground;
        this.phase = phase;
    }

    /** Orders a migration. */
    Attempt begin(long linode) {
        prepare(linode);
        try {
            return Attempt.begin(ground, linode);
        } catch (RuntimeException e) {
            thaw();
            throw e;
        }
    }

    private void prepare(long linode) {
        switch (phase) {
            case switching -> stall(CopyPhase.suspended, linode);
            case received, committed, finishing -> stall(CopyPhase.received, linode);
            case preparing -> {
                String source = ground.tenant().host(linode);
                ground.cloud().hostIds().stream()
                        .filter(each -> !each.equals(source))
                        .forEach(this::freeze);
            }
            case inviting, copying -> still.clear();
        }
    }

    private void stall(CopyPhase at, long linode) {
        ground.control().inject(new CopyFault(at, CopyFault.Effect.stall, linode));
    }

    private void freeze(String host) {
        Child agent = ground.cloud().agent(host);
        still.add(agent);
        agent.freeze();
    }

    /** Waits until the migration is in the phase, or has ended without. */
    void reach(Attempt attempt) {
        switch (phase) {
            case committed -> {
                attempt.await(ground, Cell.Phase.received);
                freeze(attempt.target());
                letGo(attempt);
            }
            case finishing -> {
                attempt.await(ground, Cell.Phase.received);
                letGo(attempt);
                attempt.await(ground, Cell.Phase.committed);
                freeze(attempt.source());
            }
            case inviting -> {
                attempt.awaitPrepared(ground);
                freeze(attempt.target());
            }
            case preparing, copying, switching, received -> {
                // it is held already, or is hit by being quick
            }
        }
        attempt.await(ground, phase);
    }

    /** Lets it go on, as far as it can; links that were cut meanwhile are whole again. */
    void release(Attempt attempt) {
        thaw();
        letGo(attempt);
    }

    private void thaw() {
        still.forEach(Child::thaw);
        still.clear();
    }

    /** The same, but for links that are to stay cut and an agent that is to stand still. */
    void releaseBut(Attempt attempt, Injury injury) {
        still.stream().filter(each -> !injury.keepsStill(each)).forEach(Child::thaw);
        if (!injury.breaksLinks()) {
            letGo(attempt);
        }
    }

    private void letGo(Attempt attempt) {
        ground.control().healLink(new HostId(attempt.source()), new HostId(attempt.target()));
    }
}
