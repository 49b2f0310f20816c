package lpm.scheduler.placement;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import lpm.contracts.scheduler.PlacementEvent.Part;

/** How good a host is: named parts between 0 and 1, and what each weighs. Higher is better. */
final class Score {
    /** Differences below this do not matter: the seed decides. */
    static final double NEAR_EQUAL = 0.02;

    /** One named part. */
    private record Weighted(String name, double weight, ToDoubleBiFunction<FleetHost, Want> value) {}

    private static final List<Weighted> PARTS = List.of(
            new Weighted("free memory", 1.0, Score::freeMemory),
            new Weighted("free vcpus", 0.5, Score::freeVcpus),
            new Weighted("account spread", 0.7, Score::spread));

    private Score() {}

    static double of(FleetHost host, Want want) {
        double sum = 0;
        for (int i = 0; i < PARTS.size(); i++) {
            Weighted part = PARTS.get(i);
            sum += part.weight * part.value.applyAsDouble(host, want);
        }
        return sum;
    }

    static List<Part> parts(FleetHost host, Want want) {
        return PARTS.stream()
                .map(part -> new Part(part.name, part.value.applyAsDouble(host, want), part.weight))
                .toList();
    }

    /** The score with a little noise that only depends on the Linode and the host. */
    static double seeded(FleetHost host, Want want) {
        long mixed = (want.linode().value() * 0x9E3779B97F4A7C15L) ^ host.id().hashCode();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        double noise = ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
        return of(host, want) + NEAR_EQUAL * noise;
    }

    private static double freeMemory(FleetHost host, Want want) {
        return fraction(
                host.freeMemoryMib() - want.resources().memoryMib(),
                host.usable().memoryMib());
    }

    private static double freeVcpus(FleetHost host, Want want) {
        return fraction(
                host.freeVcpus() - want.resources().vcpus(), host.usable().vcpus());
    }

    private static double spread(FleetHost host, Want want) {
        return 1.0 / (1 + host.siblings());
    }

    private static double fraction(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
