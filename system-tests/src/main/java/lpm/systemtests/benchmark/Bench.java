package lpm.systemtests.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lpm.local.FileTree;

/** {@code ./lpm bench [--json]}: start-up, memory, creates, the Axon path, replay and the relay, in one run. */
public final class Bench {
    private Bench() {}

    /** Measures everything; takes some minutes. */
    public static void main(String[] arguments) throws Exception {
        List<String> unknown =
                Arrays.stream(arguments).filter(each -> !each.equals("--json")).toList();
        if (!unknown.isEmpty()) {
            System.err.println("expected ./lpm bench [--json], found " + unknown);
            System.exit(2);
        }
        boolean json = arguments.length > 0;
        Figures figures = new Figures(json, System.out);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        figures.add("machine: load before", load, "", "", Runtime.getRuntime().availableProcessors() + " cores");
        Path data = Files.createTempDirectory("lpm-bench-");
        try {
            new StoreBench(figures).run();
            new ReplayBench(figures).run();
            new CloudBench(figures, data, json).run();
        } finally {
            FileTree.delete(data);
        }
        figures.end();
        System.exit(0);
    }
}
