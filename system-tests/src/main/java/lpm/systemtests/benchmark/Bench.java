package lpm.systemtests.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import lpm.local.FileTree;
import lpm.local.Up;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lpm bench}: the ways of an event through a service, each by itself, and a whole cloud; in one run. */
@Command(name = "lpm bench", mixinStandardHelpOptions = true, description = "Measures on this machine, in one run.")
public final class Bench implements Callable<Integer> {
    /** What can be measured by itself. */
    enum Part {
        /** The Axon path beside a hand-written append. */
        store,
        /** Rebuilding a projection. */
        replay,
        /** From PostgreSQL to Kafka. */
        relay,
        /** From Kafka's records of others to what is kept of them. */
        inbox,
        /** From Kafka's records to the rows of the audit. */
        audit,
        /** Start, creates and memory of a whole cloud. */
        cloud
    }

    @Parameters(arity = "0..*", description = "What to measure: ${COMPLETION-CANDIDATES}; everything if none is named.")
    private Set<Part> parts = EnumSet.noneOf(Part.class);

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds of all but cloud (5).")
    private int rounds;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    private Bench() {}

    /** Takes some minutes. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        System.exit(Up.run(line, arguments, System.err));
    }

    @Override
    public Integer call() throws Exception {
        Figures figures = new Figures(json, System.out);
        figures.add("machine: load before", load(), "", "", Runtime.getRuntime().availableProcessors() + " cores");
        Path data = Files.createTempDirectory("lpm-bench-");
        try {
            for (Part part : parts.isEmpty() ? EnumSet.allOf(Part.class) : parts) {
                switch (part) {
                    case store -> new StoreBench(figures, rounds).run();
                    case replay -> new ReplayBench(figures, rounds).run();
                    case relay -> new RelayBench(figures, data.resolve("relay"), rounds).run();
                    case inbox -> new InboxBench(figures, data.resolve("inbox"), rounds).run();
                    case audit -> new AuditBench(figures, rounds).run();
                    case cloud -> new CloudBench(figures, data, json).run();
                }
            }
        } finally {
            FileTree.delete(data);
        }
        figures.add("machine: load after", load(), "", "", "");
        figures.end();
        return 0;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
