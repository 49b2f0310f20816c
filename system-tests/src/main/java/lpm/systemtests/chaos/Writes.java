package lpm.systemtests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lpm.local.Child;
import lpm.local.LocalCloud;
import lpm.local.Waiting;

/** Clients write without a pause while services, Kafka and PostgreSQL are killed at random and come back. */
final class Writes {
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(3);

    private final Playground ground;
    private final Random random;
    private final Registers registers;
    private final List<Double> recoveries = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param recoveries seconds from each kill until every client had a write acknowledged again, shortest first
     * @param wrong lost acknowledged writes, refused ones that happened, unknown ones that changed their mind
     */
    record Report(long acknowledged, long unknown, int kills, List<Double> recoveries, List<String> wrong) {
        Report {
            recoveries = recoveries.stream().sorted().toList();
            wrong = List.copyOf(wrong);
        }
    }

    /** @param clients Linodes and, as many again, volumes that are written to; and the account */
    Writes(Playground ground, long seed, int clients) {
        this.ground = ground;
        this.random = new Random(seed);
        this.registers = new Registers(ground.tenant(), clients);
    }

    Report run(int kills) {
        registers.awaitAcknowledged();
        for (int i = 1; i <= kills; i++) {
            Child victim = victim();
            victim.crash();
            long killed = System.nanoTime();
            registers.awaitAcknowledged();
            recoveries.add((System.nanoTime() - killed) / 1e9);
            ground.progress().say("kill %d of %s: %.1f s", i, victim.name(), recoveries.getLast());
            Waiting.nap(Duration.ofMillis(random.nextLong(LONGEST_QUIET.toMillis())));
        }
        registers.stop();
        ground.awaitAllReady();
        List<String> wrong = registers.wrong();
        return new Report(registers.acknowledged(), registers.unknown(), kills, recoveries, wrong);
    }

    private Child victim() {
        List<Child> victims = new ArrayList<>(LocalCloud.SERVICES.stream()
                .map(service -> ground.cloud().service(service))
                .toList());
        victims.add(ground.cloud().broker().process());
        victims.add(ground.cloud().postgreSql().process());
        return victims.get(random.nextInt(victims.size()));
    }
}
