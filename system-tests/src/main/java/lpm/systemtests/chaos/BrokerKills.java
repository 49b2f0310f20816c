package lpm.systemtests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import lpm.local.Broker;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;
import lpm.verify.Report;
import org.apache.kafka.clients.admin.Admin;

/**
 * Clients write and a Linode is migrated live while Kafka's brokers are killed, one after another, each when all copies
 * are in sync again, the one with the deciding controller first; and at the end all of them at once.
 */
final class BrokerKills implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Playground ground;
    private final Registers registers;
    private final Admin admin;
    private final long linode;
    private final Set<String> changed = new TreeSet<>();
    private final List<Kill> kills = new ArrayList<>();

    /**
     * One kill.
     *
     * @param broker who, 0 for all at once
     * @param led how many partitions it led
     * @param controlled whether its controller decided
     * @param ended how the migration ended that was under way
     * @param migration seconds from the kill until its end
     * @param whole seconds from the kill until all copies were in sync again
     */
    record Kill(int broker, long led, boolean controlled, String ended, double migration, double whole) {}

    /**
     * What came of it.
     *
     * @param partitions how many there are
     * @param changed how many of them had another leader after a kill than before it
     * @param wrong what is not as it must be; empty if all is right
     */
    record Outcome(List<Kill> kills, int partitions, int changed, long acknowledged, long unknown, List<String> wrong) {
        Outcome {
            kills = List.copyOf(kills);
            wrong = List.copyOf(wrong);
        }
    }

    BrokerKills(Playground ground, int clients) {
        this.ground = ground;
        this.linode = ground.running();
        this.registers = new Registers(ground.tenant(), clients);
        this.admin = Admin.create(
                Map.of("bootstrap.servers", (Object) ground.cloud().broker().bootstrap()));
    }

    /** @param rounds how often each broker is killed */
    Outcome run(int rounds) {
        List<String> wrong = new ArrayList<>();
        Leaders now = Leaders.whole(admin, ids().size());
        try {
            for (int round = 0; round < rounds; round++) {
                Set<Integer> left = new HashSet<>(ids());
                while (!left.isEmpty()) {
                    int next = left.contains(now.controller())
                            ? now.controller()
                            : left.iterator().next();
                    left.remove(next);
                    now = kill(now, List.of(next));
                }
            }
            kill(now, ids());
            ground.awaitAllReady();
            registers.awaitAcknowledged();
        } catch (LocalFailure e) {
            wrong.add(e.sentence());
        }
        registers.stop();
        wrong.addAll(registers.wrong());
        wrong.addAll(placesWrong());
        int partitions = now.ofPartitions().size();
        return new Outcome(kills, partitions, changed.size(), registers.acknowledged(), registers.unknown(), wrong);
    }

    private List<Integer> ids() {
        return IntStream.rangeClosed(1, ground.cloud().brokers().size()).boxed().toList();
    }

    /** Kills brokers while a migration is under way; comes back when it is over and all copies are in sync. */
    private Leaders kill(Leaders before, List<Integer> victims) {
        Attempt attempt = Attempt.begin(ground, linode);
        victims.forEach(each -> broker(each).process().crash());
        long killed = System.nanoTime();
        if (victims.size() == 1) {
            awaitOtherLeaders(before, victims.getFirst());
        }
        registers.awaitAcknowledged();
        String ended = attempt.end(ground);
        double migrated = seconds(killed);
        ground.awaitAllReady();
        Leaders after = Leaders.whole(admin, ids().size());
        kills.add(new Kill(
                victims.size() == 1 ? victims.getFirst() : 0,
                victims.stream().mapToLong(before::ledBy).sum(),
                victims.contains(before.controller()),
                ended,
                migrated,
                seconds(killed)));
        ground.progress().say("%s", kills.getLast());
        if (!Set.of("completed", "aborted").contains(ended)) {
            throw new LocalFailure("A migration is " + ended + ", but no host died.");
        }
        return after;
    }

    private void awaitOtherLeaders(Leaders before, int victim) {
        Waiting.until("other leaders than broker " + victim, Playground.LIMIT, LOOK, () -> {
            Leaders now = Leaders.of(admin);
            now.ofPartitions().forEach((partition, leader) -> {
                int old = before.ofPartitions().getOrDefault(partition, leader);
                if (leader != 0 && old != leader) {
                    changed.add(partition);
                }
            });
            boolean other = now.ledBy(victim) + now.ledBy(0) == 0 && now.controller() != victim;
            return other ? Waiting.Look.ready(true) : Waiting.Look.notYet(now.ledBy(victim) + " partitions led by it");
        });
    }

    private Broker broker(int id) {
        return ground.cloud().brokers().get(id - 1);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private List<String> placesWrong() {
        List<String> wrong = new ArrayList<>();
        Tenant tenant = ground.tenant();
        if (!ground.witness().doubles().isEmpty()) {
            wrong.add("ran twice at once: " + ground.witness().doubles());
        }
        List<String> running = ground.witness().hostsRunning(linode);
        if (!running.equals(List.of(tenant.host(linode)))) {
            wrong.add("Linode " + linode + " runs on " + running + ", the platform says " + tenant.host(linode));
        }
        Report report = ground.cloud().verify(List.of());
        ground.progress().say("%s", report.summary());
        if (!report.holds()) {
            wrong.add(report.text());
        }
        return wrong;
    }

    @Override
    public void close() {
        registers.close();
        admin.close();
    }
}
