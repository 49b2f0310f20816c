package lpm.systemtests.explore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lpm.contracts.LinodeId;
import lpm.scheduler.linode.LinodeState;
import lpm.systemtests.simulation.Cell;

/** Steps that let time pass. */
final class Waits {
    static final Map<String, Verb> VERBS = Map.of(
            "wait", Waits::pause,
            "until", Waits::until,
            "calm", (world, _) -> world.endFaults());

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Waits() {}

    private static void pause(World world, List<String> words) {
        world.cell().timeline().run(Step.seconds(words.getFirst()));
    }

    /** {@code until running 1}, {@code until off 1}, {@code until deleted 1}, {@code until event <type> [count]}. */
    private static void until(World world, List<String> words) {
        Cell cell = world.cell();
        BooleanSupplier holds =
                switch (words.getFirst()) {
                    case "running" -> () -> isIdle(cell, words.get(1), true);
                    case "off" -> () -> isIdle(cell, words.get(1), false);
                    case "deleted" -> () -> state(cell, words.get(1)) instanceof LinodeState.Deleted;
                    case "event" -> {
                        int count = words.size() > 2 ? Integer.parseInt(words.get(2)) : 1;
                        yield () -> stored(cell, words.get(1)) >= count;
                    }
                    default -> throw new IllegalArgumentException("cannot wait until " + words);
                };
        if (!cell.timeline().runUntil(holds, LIMIT)) {
            throw new Violation("scripts get where they want", "expected " + words + " within " + LIMIT);
        }
    }

    private static long stored(Cell cell, String type) {
        return cell.bus().log().stream()
                .filter(each -> each.envelope().type().equals(type))
                .map(each -> each.envelope().id())
                .distinct()
                .count();
    }

    private static boolean isIdle(Cell cell, String linode, boolean running) {
        return state(cell, linode) instanceof LinodeState.Placed placed
                && placed.running() == running
                && placed.job() instanceof lpm.scheduler.linode.LinodeJob.Idle;
    }

    private static Object state(Cell cell, String linode) {
        return cell.service("scheduler")
                .state(new LinodeId(Long.parseLong(linode)).aggregateId(), LinodeState.class)
                .orElse(new LinodeState.Unknown(0));
    }
}
