package lpm.hostagent.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.HostId;

/** Links, power switches and planned faults, and what they do to running migrations. */
final class CopyBreaks {
    private final ModelState state;
    private final HostModel hosts;
    private final CopyFailures failures;
    private final List<CopyFault> planned = new ArrayList<>();

    CopyBreaks(ModelState state, HostModel hosts, CopyFailures failures) {
        this.state = state;
        this.hosts = hosts;
        this.failures = failures;
    }

    /** Whether the two ends of a migration reach each other. */
    static boolean reach(ModelState state, SimCopy copy) {
        return state.host(copy.target).powered
                && !state.host(copy.source).linksCut.contains(copy.target.value());
    }

    void inject(CopyFault fault) {
        planned.add(fault);
    }

    /** Faults that no migration has met yet will not happen. */
    void forget() {
        planned.clear();
    }

    /** A job has entered a phase: planned faults happen now, and what is cut already is noticed. */
    void atPhase(SimCopy copy) {
        Optional<CopyFault> due = planned.stream()
                .filter(each -> each.at() == copy.phase)
                .filter(each -> each.linode() == CopyFault.ANY || each.linode() == copy.linode.value())
                .findFirst();
        due.ifPresent(fault -> {
            planned.remove(fault);
            happen(copy, fault.effect());
        });
        if (state.isOpen(copy) && !reach(state, copy)) {
            failures.broken(copy, "the target cannot be reached");
        }
    }

    private void happen(SimCopy copy, CopyFault.Effect effect) {
        switch (effect) {
            case loseReply -> failures.fail(copy, "End of file while reading data");
            case cutLink -> cut(copy.source, copy.target);
            case powerOffSource -> powerOff(copy.source);
            case powerOffTarget -> powerOff(copy.target);
            case stall -> failures.broken(copy, "nothing moves");
            case abandon -> failures.abandon(copy);
        }
    }

    void cut(HostId one, HostId other) {
        link(one, other, true);
        between(one, other).forEach(each -> failures.broken(each, "keepalive timed out"));
    }

    void heal(HostId one, HostId other) {
        link(one, other, false);
        between(one, other).forEach(failures::healed);
    }

    void powerOff(HostId id) {
        SimHost host = state.host(id);
        List<SimCopy> leaving =
                state.copies().stream().filter(each -> each.source.equals(id)).toList();
        hosts.powerOff(host);
        leaving.forEach(failures::sourceGone);
        state.copies().stream()
                .filter(each -> each.target.equals(id))
                .forEach(each -> failures.broken(each, "keepalive timed out"));
    }

    private void link(HostId one, HostId other, boolean cut) {
        for (HostId[] pair : new HostId[][] {{one, other}, {other, one}}) {
            SimHost host = state.host(pair[0]);
            if (cut) {
                host.linksCut.add(pair[1].value());
            } else {
                host.linksCut.remove(pair[1].value());
            }
            state.save(host);
        }
    }

    private List<SimCopy> between(HostId one, HostId other) {
        Set<HostId> ends = Set.of(one, other);
        return state.copies().stream()
                .filter(each -> Set.of(each.source, each.target).equals(ends))
                .toList();
    }
}
