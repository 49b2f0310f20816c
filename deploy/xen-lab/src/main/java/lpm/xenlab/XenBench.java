package lpm.xenlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.local.Waiting;
import lpm.xenlab.LabCustomer.Linode;

/**
 * What the platform costs on real Xen, beside libvirt's own client with the same guest on the same hosts in the same
 * run: under emulation only such ratios mean anything.
 */
final class XenBench {
    private static final Duration GUEST_LIMIT = Duration.ofMinutes(4);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MEMORY_MIB = 128;
    private static final List<String> SIZES = List.of("lab-128", "lab-192", "lab-256");
    private static final List<Integer> DIRTY_MIB_PER_SECOND = List.of(0, 2, 8);
    private static final double MILLIS = 1e6;

    private final XenCloud cloud;
    private final LabCustomer customer;
    private final Progress progress;
    private final int runs;

    XenBench(XenCloud cloud, Progress progress, int runs) {
        this.cloud = cloud;
        this.customer = new LabCustomer(cloud.platform());
        this.progress = progress;
        this.runs = runs;
    }

    /** One move: how long it took and how long the guest's ticks were silent, in ms. */
    private record Moved(double totalMillis, double silentMillis) {}

    void run() {
        try (GuestWitness witness = new GuestWitness(cloud.lab().namespace())) {
            agents();
            compare(witness);
            predictions(witness);
        }
    }

    /** Memory and idle CPU of the agents. */
    private void agents() {
        for (XenHost host : cloud.lab().hosts()) {
            long pid = cloud.platform().agent(host.name()).pid();
            double before = cpuSeconds(pid);
            Waiting.nap(IDLE);
            figure("agent of " + host.name() + ", resident", residentMib(pid), "MiB");
            figure("agent of " + host.name() + ", idle CPU", 100 * (cpuSeconds(pid) - before) / IDLE.toSeconds(), "%");
        }
    }

    private void compare(GuestWitness witness) {
        List<Double> created = new ArrayList<>();
        Linode linode = createTimed(witness, created);
        BareGuest bare = new BareGuest(cloud.lab(), linode.id());
        List<Double> bareCreated = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long from = System.nanoTime();
            bare.create(MEMORY_MIB);
            created(witness, BareGuest.ADDRESS, from, bareCreated);
            if (run < runs - 1) {
                bare.destroy();
            }
        }
        List<Moved> moves = new ArrayList<>();
        List<Moved> bareMoves = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            moves.add(timed(linode.address(), witness, () -> customer.move(linode)));
            bareMoves.add(timed(BareGuest.ADDRESS, witness, bare::migrate));
        }
        bare.destroy();
        customer.delete(linode);
        for (int run = 1; run < runs; run++) {
            customer.delete(createTimed(witness, created));
        }
        ratio("API create to first tick / virsh create to it", created, bareCreated);
        ratio("move by API / virsh migrate, whole", totals(moves), totals(bareMoves));
        ratio("move by API / virsh migrate, ticks silent", silences(moves), silences(bareMoves));
    }

    private Linode createTimed(GuestWitness witness, List<Double> times) {
        long from = System.nanoTime();
        Linode linode = customer.create("bench", "lab-128");
        created(witness, linode.address(), from, times);
        return linode;
    }

    private static void created(GuestWitness witness, String address, long from, List<Double> times) {
        long tick = tick(witness, address, from).nanos();
        times.add((tick - from) / MILLIS);
    }

    private static Moved timed(String address, GuestWitness witness, Runnable move) {
        Waiting.nap(SETTLE);
        long from = System.nanoTime();
        move.run();
        double total = (System.nanoTime() - from) / MILLIS;
        tick(witness, address, System.nanoTime());
        return new Moved(total, witness.longestSilence(address, from).toNanos() / MILLIS);
    }

    /** What was foretold of each move beside what came, for guests of several sizes and dirty rates. */
    private void predictions(GuestWitness witness) {
        List<Double> totalErrors = new ArrayList<>();
        List<Double> pauseErrors = new ArrayList<>();
        for (String size : SIZES) {
            Linode linode = customer.create("bench-" + size, size);
            tick(witness, linode.address(), System.nanoTime());
            for (int dirty : DIRTY_MIB_PER_SECOND) {
                witness.order(linode.address(), "dirty " + dirty);
                // the agent samples the guest's memory every half a minute
                Waiting.nap(Duration.ofSeconds(40));
                JsonNode migration = customer.migrate(linode);
                tell(size, dirty, migration);
                error(migration, "predicted_total_millis", "copy_millis", totalErrors);
                error(migration, "predicted_pause_millis", "hypervisor_pause_millis", pauseErrors);
            }
            customer.delete(linode);
        }
        figure("predicted copy, median error", 100 * median(totalErrors), "%");
        figure("predicted pause, median error", 100 * median(pauseErrors), "%");
    }

    private void tell(String size, int dirty, JsonNode migration) {
        progress.result(
                "  %s dirty %d MiB/s: copy predicted %s, was %s ms; pause predicted %s, hypervisor %s, guest %s ms"
                        .formatted(
                                size,
                                dirty,
                                migration.path("predicted_total_millis").asText(),
                                migration.path("copy_millis").asText(),
                                migration.path("predicted_pause_millis").asText(),
                                migration.path("hypervisor_pause_millis").asText(),
                                migration.path("guest_pause_millis").asText()));
    }

    private static void error(JsonNode migration, String predicted, String measured, List<Double> errors) {
        double was = migration.path(measured).asDouble();
        if (was > 0) {
            errors.add(Math.abs(migration.path(predicted).asDouble() - was) / was);
        }
    }

    private static GuestWitness.Heard tick(GuestWitness witness, String address, long from) {
        return witness.await(
                "a tick of " + address,
                from,
                GUEST_LIMIT,
                heard -> heard.address().equals(address) && heard.kind().equals("TICK"));
    }

    private void ratio(String name, List<Double> ours, List<Double> bare) {
        figure(name + ": ours", median(ours), "ms");
        figure(name + ": bare", median(bare), "ms");
        figure(name + ": ratio", median(ours) / median(bare), "x");
    }

    private void figure(String name, double value, String unit) {
        progress.result("%-62s %12.2f %s".formatted(name, value, unit));
    }

    private static List<Double> totals(List<Moved> moves) {
        return moves.stream().map(Moved::totalMillis).toList();
    }

    private static List<Double> silences(List<Moved> moves) {
        return moves.stream().map(Moved::silentMillis).toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private static double residentMib(long pid) {
        return lines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** User and system time, in ticks of 10 ms. */
    private static double cpuSeconds(long pid) {
        String[] words = lines(Path.of("/proc/" + pid + "/stat"))
                .getFirst()
                .replaceFirst("^.*\\) ", "")
                .split(" ");
        return (Double.parseDouble(words[11]) + Double.parseDouble(words[12])) / 100;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new LocalFailure("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
