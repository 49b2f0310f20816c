package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lpm.cli.Api;
import lpm.local.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lpm chaos writes}. */
@Command(
        name = "writes",
        mixinStandardHelpOptions = true,
        description = "Clients write while services, Kafka and PostgreSQL are killed: no acknowledged write is lost.")
final class WritesCommand implements Callable<Integer> {
    @Option(names = "--kills", defaultValue = "20", description = "How many kills (${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--clients", defaultValue = "3", description = "Linodes and volumes written to (${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--seed", defaultValue = "1", description = "Decides who is killed, and when (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        Progress progress = options.progress();
        try (Scratch scratch = options.scratch();
                Playground ground = Playground.start(scratch.folder(), progress)) {
            Writes.Report report = new Writes(ground, seed, clients).run(kills);
            System.out.println(options.json() ? tree(report).toString() : text(report));
            return report.wrong().isEmpty() ? 0 : 1;
        }
    }

    private static String text(Writes.Report report) {
        return String.format(
                        Locale.ROOT,
                        "%d writes acknowledged, %d unknown, %d kills; recovery median %.1f s, worst %.1f s; wrong: %d",
                        report.acknowledged(),
                        report.unknown(),
                        report.kills(),
                        median(report.recoveries()),
                        worst(report.recoveries()),
                        report.wrong().size())
                + String.join(
                        "", report.wrong().stream().map(each -> "\n" + each).toList());
    }

    private static ObjectNode tree(Writes.Report report) {
        ObjectNode tree = Api.object()
                .put("acknowledged", report.acknowledged())
                .put("unknown", report.unknown())
                .put("kills", report.kills())
                .put("recovery_median_seconds", median(report.recoveries()))
                .put("recovery_worst_seconds", worst(report.recoveries()));
        report.wrong().forEach(tree.putArray("wrong")::add);
        return tree;
    }

    private static double median(List<Double> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
    }

    private static double worst(List<Double> sorted) {
        return sorted.isEmpty() ? 0 : sorted.getLast();
    }
}
