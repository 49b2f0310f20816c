package lpm.systemtests.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a short script that still fails in the same way: Zeller's delta debugging on its steps. */
final class Shrinker {
    private static final int MAX_RUNS = 400;

    private final Predicate<Script> fails;
    private int runs;

    /** @param fails whether a script fails in the way that is looked for */
    Shrinker(Predicate<Script> fails) {
        this.fails = fails;
    }

    Script shrink(Script script) {
        List<Step> steps = script.steps();
        int parts = 2;
        while (steps.size() > 1 && runs < MAX_RUNS) {
            List<Step> smaller = smaller(script, steps, parts);
            if (smaller.size() < steps.size()) {
                steps = smaller;
                parts = Math.max(2, parts - 1);
            } else if (parts >= steps.size()) {
                break;
            } else {
                parts = Math.min(steps.size(), parts * 2);
            }
        }
        return script.with(steps);
    }

    /** The steps without the first of so many parts that is not needed. */
    private List<Step> smaller(Script script, List<Step> steps, int parts) {
        for (int i = 0; i < parts && runs < MAX_RUNS; i++) {
            List<Step> rest = new ArrayList<>(steps.subList(0, steps.size() * i / parts));
            rest.addAll(steps.subList(steps.size() * (i + 1) / parts, steps.size()));
            runs++;
            if (rest.size() < steps.size() && fails.test(script.with(rest))) {
                return rest;
            }
        }
        return steps;
    }
}
