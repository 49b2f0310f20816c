package lpm.systemtests.explore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ./lpm sim} is asked for.
 *
 * @param operations requests per seed
 * @param script one script to run in the place of seeds
 * @param shrink whether failing scripts are made short
 * @param commit what the seeds belong to: another one may give them another meaning
 */
record SimOptions(
        long seed,
        long seeds,
        int operations,
        Set<FaultFamily> families,
        Optional<Path> script,
        boolean shrink,
        boolean json,
        String commit) {
    /** So many seeds are told one by one. */
    static final long FEW = 20;

    static final int OPERATIONS = 24;
    private static final String USAGE = "usage: [--seeds N] [--seed S] [--ops K] [--faults all|none|"
            + String.join(",", names()) + "] [--script FILE] [--no-shrink] [--json]";

    static SimOptions parse(String[] args) {
        SimOptions options = new SimOptions(
                1,
                20,
                OPERATIONS,
                FaultFamily.parse("all"),
                Optional.empty(),
                true,
                false,
                System.getProperty("lpm.commit", "unknown"));
        for (int i = 0; i < args.length; i++) {
            String option = args[i];
            options = switch (option) {
                case "--json" -> options.withJson();
                case "--no-shrink" -> options.withoutShrinking();
                case "--seed", "--seeds", "--ops", "--faults", "--script" -> {
                    i++;
                    if (i == args.length) {
                        throw new IllegalArgumentException(option + " needs a value; " + USAGE);
                    }
                    yield options.with(option, args[i]);
                }
                default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
            };
        }
        return options;
    }

    private static String[] names() {
        return java.util.Arrays.stream(FaultFamily.values()).map(Enum::name).toArray(String[]::new);
    }

    private SimOptions with(String option, String value) {
        return new SimOptions(
                option.equals("--seed") ? Long.parseLong(value) : seed,
                option.equals("--seeds") ? Long.parseLong(value) : seeds,
                option.equals("--ops") ? Integer.parseInt(value) : operations,
                option.equals("--faults") ? FaultFamily.parse(value) : families,
                option.equals("--script") ? Optional.of(Path.of(value)) : script,
                shrink,
                json,
                commit);
    }

    private SimOptions withJson() {
        return new SimOptions(seed, seeds, operations, families, script, shrink, true, commit);
    }

    private SimOptions withoutShrinking() {
        return new SimOptions(seed, seeds, operations, families, script, false, json, commit);
    }
}
