package lpm.systemtests.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;
import lpm.local.Waiting;

/** A whole local cloud: start, memory, creates at a fixed rate, and how soon the boot order is in the agent's hands. */
final class CloudBench {
    private static final int STARTS = 3;
    private static final int ROUNDS = 5;
    private static final int CREATES = 40;
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String INSTANCES = "/v4/linode/instances";

    private final Figures figures;
    private final Path data;
    private final boolean quiet;
    private final List<Double> answers = new ArrayList<>();
    private final List<Double> orders = new ArrayList<>();

    CloudBench(Figures figures, Path data, boolean quiet) {
        this.figures = figures;
        this.data = data;
        this.quiet = quiet;
    }

    void run() throws Exception {
        double[] starts = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long before = System.nanoTime();
            LocalCloud cloud = LocalCloud.start(options());
            starts[i] = (System.nanoTime() - before) / 1e9;
            try (cloud) {
                if (i == STARTS - 1) {
                    measure(cloud);
                }
            }
        }
        figures.add("start until READY (first)", starts[0], "s", "<= 12", "fresh data, topics and tables made");
        figures.add("start until READY (again)", Figures.median(starts[1], starts[2]), "s", "<= 12", "data kept");
    }

    private Options options() {
        Progress progress = new Progress(quiet ? new PrintStream(new ByteArrayOutputStream()) : System.err);
        return Options.here(data.resolve("cloud"), progress);
    }

    /** The first creates meet programs that have compiled nothing yet, so they are told apart. */
    private void measure(LocalCloud cloud) throws Exception {
        try (OrderWatch watch = new OrderWatch(cloud.broker().bootstrap())) {
            createAndDelete(cloud.customer(), watch, 0);
            tell(", first " + CREATES);
            answers.clear();
            orders.clear();
            Duration before = Figures.processorTime();
            for (int round = 1; round <= ROUNDS; round++) {
                createAndDelete(cloud.customer(), watch, round);
            }
            Duration used = Figures.processorTime().minus(before);
            tell("");
            String what = "created, booted, deleted; all processes, and idling";
            figures.addProcessorTime("Linode", used, answers.size(), what);
        }
        figures.add("memory of everything", memoryMib(), "MiB", "<= 2560", "PSS of all processes, this one left out");
    }

    private void tell(String which) {
        double[] all = answers.stream().mapToDouble(each -> each).toArray();
        double[] handed = orders.stream().mapToDouble(each -> each).toArray();
        String what = all.length + " creates, 20 a second, open loop";
        figures.add("API create p50" + which, Figures.percentile(all, 0.5), "ms", "", what);
        figures.add("API create p99" + which, Figures.percentile(all, 0.99), "ms", "", what);
        String order = "in the agent's topic, read; simulated disks";
        figures.add("200 -> boot order p50" + which, Figures.percentile(handed, 0.5), "ms", "", order);
        figures.add("200 -> boot order p99" + which, Figures.percentile(handed, 0.99), "ms", "<= 150", order);
    }

    private void createAndDelete(Api api, OrderWatch watch, int round) throws Exception {
        Map<Long, Long> answered = new ConcurrentHashMap<>();
        List<Future<Double>> latencies = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < CREATES; i++) {
                String label = "bench-" + round + "-" + i;
                long due = start + i * PACE.toNanos();
                latencies.add(pool.submit(() -> create(api, label, due, answered)));
            }
            for (Future<Double> each : latencies) {
                answers.add(each.get());
            }
        }
        Waiting.until("all boot orders seen", LIMIT, () -> {
            long missing = answered.keySet().stream()
                    .filter(each -> watch.at(each) == 0)
                    .count();
            return missing == 0 ? Waiting.Look.ready(true) : Waiting.Look.notYet(missing + " missing");
        });
        answered.forEach((linode, at) -> orders.add(Math.max(0, watch.at(linode) - at) / 1e6));
        Waiting.until(
                "all running",
                LIMIT,
                () -> count(api, "running") == CREATES
                        ? Waiting.Look.ready(true)
                        : Waiting.Look.notYet(count(api, "running") + " running"));
        for (long linode : answered.keySet()) {
            api.delete(INSTANCES + "/" + linode);
        }
        Waiting.until(
                "all deleted",
                LIMIT,
                () -> api.list(INSTANCES).isEmpty() ? Waiting.Look.ready(true) : Waiting.Look.notYet("some left"));
    }

    private static long count(Api api, String status) {
        return api.list(INSTANCES).stream()
                .filter(each -> each.path("status").asText().equals(status))
                .count();
    }

    /** Milliseconds from the moment the request was due, so that a stalled server is not spared. */
    private static Double create(Api api, String label, long due, Map<Long, Long> answered)
            throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        JsonNode linode = api.post(
                        INSTANCES,
                        Api.object()
                                .put("type", "g6-nanode-1")
                                .put("region", LocalCloud.REGION)
                                .put("image", "linode/debian12")
                                .put("root_pass", "a bench horse 9 battery")
                                .put("label", label))
                .body();
        long now = System.nanoTime();
        answered.put(linode.path("id").asLong(), now);
        return (now - due) / 1e6;
    }

    /** Proportional set size of everything this process started. */
    private static double memoryMib() throws IOException {
        long kib = 0;
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            for (ProcessHandle child : children.toList()) {
                Path rollup = Path.of("/proc/" + child.pid() + "/smaps_rollup");
                if (Files.isReadable(rollup)) {
                    kib += Files.readAllLines(rollup).stream()
                            .filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum();
                }
            }
        }
        return kib / 1024.0;
    }
}
