package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;

/** Clients that write without a pause to Linodes, volumes and their account, and all that they were told. */
final class Registers implements AutoCloseable {
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

    private final Tenant tenant;
    private final Map<String, Register> histories = new TreeMap<>();
    private final List<Register> all = new ArrayList<>();

    /** @param clients Linodes and, as many again, volumes that are written to; and the account */
    Registers(Tenant tenant, int clients) {
        this.tenant = tenant;
        Client client = new Client(tenant);
        for (int i = 0; i < clients; i++) {
            long linode = tenant.create("writes-" + i);
            long volume = tenant.volume("writes-" + i);
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

    /** Waits until each client has had one more write acknowledged. */
    void awaitAcknowledged() {
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

    /** Nothing is written any more. */
    void stop() {
        all.forEach(Register::close);
    }

    /** Deletes the Linodes that were written to. */
    void tidy() {
        histories.keySet().stream()
                .filter(each -> each.startsWith("linode/"))
                .map(each -> Long.parseLong(each.substring(each.indexOf('/') + 1)))
                .forEach(tenant::delete);
    }

    @Override
    public void close() {
        stop();
    }

    long acknowledged() {
        return all.stream().mapToLong(Register::acknowledged).sum();
    }

    /** To be asked when they are stopped. */
    long unknown() {
        return all.stream().mapToLong(Register::unknown).sum();
    }

    /**
     * Lost acknowledged writes, refused ones that happened, unknown ones that changed their mind; to be asked when they
     * are stopped and everybody is ready.
     */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> happened = new TreeMap<>();
        all.forEach(each -> wrong.addAll(each.wrongNow(tenant.api())));
        histories.forEach((stream, register) -> {
            List<JsonNode> history = tenant.events(stream);
            register.lost(history).forEach(each -> wrong.add("lost: " + stream + " " + each));
            register.done(history).forEach(each -> wrong.add("refused and done: " + stream + " " + each));
            happened.put(stream, register.happened(history));
        });
        Waiting.nap(SECOND_LOOK);
        histories.forEach((stream, register) -> {
            if (register.happened(tenant.events(stream)) != happened.getOrDefault(stream, 0L)) {
                wrong.add("unknown, then done after all: " + stream);
            }
        });
        return wrong;
    }
}
