package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import lpm.local.Child;
import lpm.local.LocalCloud;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;

/** Clients write without a pause while services, Kafka and PostgreSQL are killed at random and come back. */
final class Writes {
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(3);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

    private final Playground ground;
    private final Random random;
    private final Map<String, Register> histories = new TreeMap<>();
    private final List<Register> all = new ArrayList<>();
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
        Client client = new Client(ground.tenant());
        for (int i = 0; i < clients; i++) {
            long linode = ground.tenant().create("writes-" + i);
            long volume = ground.volume("writes-" + i);
            histories.put("linode/" + linode, write(client, Tenant.INSTANCES + "/" + linode, "label", "l" + i));
            histories.put("volume/" + volume, write(client, "/v4/volumes/" + volume, "label", "v" + i));
        }
        // what an account is called is personal and in no event: only its last value can be looked at
        write(client, "/v4/account", "company", "c");
    }

    private Register write(Client client, String path, String field, String prefix) {
        Register register = Register.at(client, path, field, "w" + prefix);
        all.add(register);
        return register;
    }

    Report run(int kills) {
        awaitAcknowledged();
        for (int i = 1; i <= kills; i++) {
            Child victim = victim();
            victim.crash();
            long killed = System.nanoTime();
            awaitAcknowledged();
            recoveries.add((System.nanoTime() - killed) / 1e9);
            ground.progress().say("kill %d of %s: %.1f s", i, victim.name(), recoveries.getLast());
            Waiting.nap(Duration.ofMillis(random.nextLong(LONGEST_QUIET.toMillis())));
        }
        all.forEach(Register::close);
        ground.awaitAllReady();
        List<String> wrong = wrong();
        long acknowledged = all.stream().mapToLong(Register::acknowledged).sum();
        long unknown = all.stream().mapToLong(Register::unknown).sum();
        return new Report(acknowledged, unknown, kills, recoveries, wrong);
    }

    private Child victim() {
        List<Child> victims = new ArrayList<>(LocalCloud.SERVICES.stream()
                .map(service -> ground.cloud().service(service))
                .toList());
        victims.add(ground.cloud().broker().process());
        victims.add(ground.cloud().postgreSql().process());
        return victims.get(random.nextInt(victims.size()));
    }

    /** Waits until each client has had one more write acknowledged. */
    private void awaitAcknowledged() {
        List<Integer> before = all.stream().map(Register::acknowledged).toList();
        Waiting.until("a write acknowledged to each client", Playground.LIMIT, () -> {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).acknowledged() <= before.get(i)) {
                    return Waiting.Look.notYet("none to client " + i);
                }
            }
            return Waiting.Look.ready(true);
        });
    }

    private List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> happened = new TreeMap<>();
        all.forEach(each -> wrong.addAll(each.wrongNow(ground.tenant().api())));
        histories.forEach((stream, register) -> {
            List<JsonNode> history = ground.tenant().events(stream);
            register.lost(history).forEach(each -> wrong.add("lost: " + stream + " " + each));
            register.done(history).forEach(each -> wrong.add("refused and done: " + stream + " " + each));
            happened.put(stream, register.happened(history));
        });
        Waiting.nap(SECOND_LOOK);
        histories.forEach((stream, register) -> {
            if (register.happened(ground.tenant().events(stream)) != happened.getOrDefault(stream, 0L)) {
                wrong.add("unknown, then done after all: " + stream);
            }
        });
        return wrong;
    }
}
