package lpm.scheduler.rebalance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.scheduler.placement.FleetHost;
import lpm.scheduler.placement.PlacementPlanner;
import lpm.scheduler.placement.Purpose;
import lpm.scheduler.placement.Want;
import lpm.scheduler.rebalance.LoadedFleet.Load;
import org.jspecify.annotations.Nullable;

/**
 * Plans moves that make a fleet more even: again and again the best single move, until none gains enough to be worth
 * its cost. Only the fullest hosts give and only the emptiest take, so that a step costs one pass over the hosts.
 */
public final class RebalancePlanner {
    /** A move must lower the score by so much to be worth the copying. */
    public static final double MIN_GAIN = 0.001;

    /** Hosts considered as givers, and as takers, in one step. */
    static final int MAX_SIDE = 16;

    private static final AccountId NOBODY = new AccountId(Long.MAX_VALUE);
    private static final PlacementPlanner PLACEMENT = new PlacementPlanner();

    /** A move with what it gains. */
    private record Step(int from, int to, Load load, double gain) {}

    /** Plans over all regions; a Linode never leaves its own. */
    public RebalancePlan plan(List<LoadedFleet> fleets, Goal goal, int maxMoves) {
        List<Move> moves = new ArrayList<>();
        double before = 0;
        double after = 0;
        for (LoadedFleet fleet : fleets) {
            RebalancePlan part = plan(fleet, goal, maxMoves - moves.size());
            moves.addAll(part.moves());
            before += part.scoreBefore();
            after += part.scoreAfter();
        }
        return new RebalancePlan(moves, before, after);
    }

    RebalancePlan plan(LoadedFleet fleet, Goal goal, int maxMoves) {
        List<FleetHost> hosts = new ArrayList<>(
                fleet.hosts().stream().filter(RebalancePlanner::counts).toList());
        Evenness evenness = new Evenness(goal, hosts);
        double before = evenness.of(hosts);
        double score = before;
        List<Move> moves = new ArrayList<>();
        Set<LinodeId> moved = new HashSet<>();
        while (moves.size() < maxMoves) {
            Step best = best(fleet, hosts, evenness, moved);
            if (best == null) {
                break;
            }
            Resources resources = best.load().resources();
            FleetHost from = hosts.get(best.from());
            FleetHost to = hosts.get(best.to());
            moves.add(new Move(best.load().linode(), from.id(), to.id(), score, score - best.gain()));
            score -= best.gain();
            moved.add(best.load().linode());
            hosts.set(best.from(), from.holding(from.held().minus(resources)));
            hosts.set(best.to(), to.holding(to.held().plus(resources)));
        }
        return new RebalancePlan(moves, before, score);
    }

    /** What the move of this Linode would gain in that fleet; empty if it is not there, or may not go there. */
    public static Optional<Double> gain(LoadedFleet fleet, Goal goal, Move move) {
        List<FleetHost> hosts =
                fleet.hosts().stream().filter(RebalancePlanner::counts).toList();
        Evenness evenness = new Evenness(goal, hosts);
        Optional<FleetHost> from = find(hosts, move.from());
        Optional<FleetHost> to = find(hosts, move.to());
        Optional<Load> load = fleet.movable().getOrDefault(move.from(), List.of()).stream()
                .filter(each -> each.linode().equals(move.linode()))
                .findFirst();
        if (from.isEmpty() || to.isEmpty() || load.isEmpty() || !mayGo(fleet, load.get(), from.get(), to.get())) {
            return Optional.empty();
        }
        return Optional.of(evenness.gain(from.get(), to.get(), load.get().resources()));
    }

    private static @Nullable Step best(
            LoadedFleet fleet, List<FleetHost> hosts, Evenness evenness, Set<LinodeId> moved) {
        List<Integer> givers = fullest(hosts, evenness, 1);
        List<Integer> takers = fullest(hosts, evenness, -1);
        Step best = null;
        for (int from : givers) {
            for (Load load : fleet.movable().getOrDefault(hosts.get(from).id(), List.of())) {
                if (moved.contains(load.linode())) {
                    continue;
                }
                for (int to : takers) {
                    double gain = evenness.gain(hosts.get(from), hosts.get(to), load.resources());
                    boolean better = gain >= MIN_GAIN && (best == null || gain > best.gain());
                    if (better && from != to && mayGo(fleet, load, hosts.get(from), hosts.get(to))) {
                        best = new Step(from, to, load, gain);
                    }
                }
            }
        }
        return best;
    }

    /** The hosts furthest above ({@code sign} 1) or below (-1) the mean. */
    private static List<Integer> fullest(List<FleetHost> hosts, Evenness evenness, int sign) {
        double[] excess = new double[hosts.size()];
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            excess[i] = sign * evenness.excess(hosts.get(i));
            boolean full = found.size() == MAX_SIDE;
            if (excess[i] > 0 && !(full && excess[i] <= excess[found.getLast()])) {
                found.add(i);
                found.sort(Comparator.comparingDouble((Integer each) -> -excess[each]));
                if (full) {
                    found.removeLast();
                }
            }
        }
        return found;
    }

    private static boolean mayGo(LoadedFleet fleet, Load load, FleetHost from, FleetHost to) {
        return PLACEMENT.allows(
                to,
                new Want(
                        load.linode(),
                        NOBODY,
                        fleet.region(),
                        load.resources(),
                        Purpose.move,
                        Set.of(from.id()),
                        Optional.empty(),
                        from.pools(),
                        Optional.of(from)));
    }

    private static Optional<FleetHost> find(List<FleetHost> hosts, HostId id) {
        return hosts.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Only hosts that may give and take are evened out. */
    private static boolean counts(FleetHost host) {
        return host.state().equals("active");
    }
}
