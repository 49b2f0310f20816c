package lpm.systemtests.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a cell: a seed for everything that is left to chance, so many hosts, and steps in their order. The
 * text is YAML of two numbers and a list of lines.
 */
public record Script(long seed, int hosts, List<Step> steps) {
    private static final String SEED = "seed: ";
    private static final String HOSTS = "hosts: ";
    private static final String STEPS = "steps:";
    private static final String ITEM = "- ";

    public Script {
        steps = List.copyOf(steps);
    }

    /** Reads a script's text; comments and empty lines are left out. */
    public static Script parse(String text) {
        long seed = 1;
        int hosts = 3;
        List<Step> steps = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith(SEED)) {
                seed = Long.parseLong(line.substring(SEED.length()).strip());
            } else if (line.startsWith(HOSTS)) {
                hosts = Integer.parseInt(line.substring(HOSTS.length()).strip());
            } else if (line.startsWith(ITEM)) {
                steps.add(Step.of(line.substring(ITEM.length())));
            } else if (!line.isEmpty() && !line.startsWith("#") && !line.equals(STEPS)) {
                throw new IllegalArgumentException("expected seed, hosts or steps, found \"" + line + "\"");
            }
        }
        return new Script(seed, hosts, steps);
    }

    /** The same with other steps. */
    public Script with(List<Step> other) {
        return new Script(seed, hosts, other);
    }

    /** Its text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(SEED).append(seed).append('\n');
        text.append(HOSTS).append(hosts).append('\n');
        text.append(STEPS).append('\n');
        steps.forEach(each -> text.append(ITEM).append(each).append('\n'));
        return text.toString();
    }
}
