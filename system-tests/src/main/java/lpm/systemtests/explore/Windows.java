package lpm.systemtests.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.hostagent.simulated.SimulatedXen;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.systemtests.simulation.Cell;

/** Waits for a live migration to be in a certain phase, and lets a fault happen just then. */
final class Windows {
    private static final Duration CLOSE_LOOK = Duration.ofMillis(3);
    private static final Duration FAR_LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Windows() {}

    /** What a running copy looks like from outside. */
    private enum Phase {
        /** The guest runs at the source. */
        copying,
        /** It stands, and the target does not have it whole. */
        suspended,
        /** The target has it whole, and the source has not let go. */
        received
    }

    /** {@code when suspended kill-agent source 5}. */
    static void when(World world, List<String> words) {
        Phase phase = Phase.valueOf(words.getFirst());
        look(
                world,
                phase,
                words.subList(1, words.size()),
                world.cell().timeline().now().plus(PATIENCE));
    }

    private static void look(World world, Phase phase, List<String> then, Instant until) {
        if (world.haveFaultsEnded()) {
            return;
        }
        Cell cell = world.cell();
        List<HostFigures> sending = cell.xen().figures().stream()
                .filter(each -> each.powered() && !each.sending().isEmpty())
                .toList();
        for (HostFigures source : sending) {
            for (LinodeId linode : source.sending()) {
                Optional<HostId> target = target(cell.xen(), source.host(), linode);
                if (target.isPresent() && phaseOf(cell.xen(), source.host(), target.get(), linode) == phase) {
                    world.sightings().hit("a fault met a migration while it was " + phase);
                    Faults.run(
                            world,
                            then,
                            Map.of(
                                    "source", source.host().value(),
                                    "target", target.get().value()));
                    return;
                }
            }
        }
        if (cell.timeline().now().isBefore(until)) {
            cell.timeline().after(sending.isEmpty() ? FAR_LOOK : CLOSE_LOOK, () -> look(world, phase, then, until));
        }
    }

    private static Optional<HostId> target(SimulatedXen xen, HostId source, LinodeId linode) {
        return xen.figures().stream()
                .filter(each -> each.powered() && !each.host().equals(source))
                .map(HostFigures::host)
                .filter(each -> seen(xen, each, linode).state() == DomainSeen.State.paused)
                .findFirst();
    }

    private static Phase phaseOf(SimulatedXen xen, HostId source, HostId target, LinodeId linode) {
        if (seen(xen, source, linode).state() != DomainSeen.State.suspended) {
            return Phase.copying;
        }
        return seen(xen, target, linode).jobRunning() ? Phase.suspended : Phase.received;
    }

    private static DomainSeen seen(SimulatedXen xen, HostId host, LinodeId linode) {
        return xen.hypervisor(host).describe(linode).seen();
    }
}
