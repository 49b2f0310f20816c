package lpm.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lpm.cli.Activities;
import lpm.cli.Answer;
import lpm.cli.Api;
import lpm.cli.ApiFailure;

/** The mission from order to live migration, through the public API only; every wait has a limit. */
public final class Journey {
    private static final int LINODES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String INSTANCES = "/v4/linode/instances";
    private static final String HOSTS = "/ops/v1/hosts";

    private final Api operator;
    private final Progress progress;
    private final Api first;
    private Api customer;
    private Activities activities;

    Journey(Api customer, Api operator, Progress progress) {
        this.first = customer;
        this.customer = customer;
        this.activities = new Activities(customer);
        this.operator = operator;
        this.progress = progress;
    }

    /** What the last line tells. */
    record Result(int linodes, int migrations, long longestPauseMillis, long events) {
        String line() {
            return "DEMO OK linodes=%d migrations=%d longest-simulated-pause=%dms events=%d"
                    .formatted(linodes, migrations, longestPauseMillis, events);
        }
    }

    Result run() {
        Set<Long> before = migrationsNow();
        openAccount();
        List<Long> linodes = createLinodes();
        long moved = linodes.getFirst();
        attachVolume(moved);
        migrateLive(moved);
        String drained = hostOf(moved);
        drain(drained);
        rebalance();
        tellWhy(moved);
        tellStates(moved);
        return result(before);
    }

    private void openAccount() {
        String name = "demo-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Answer account = operator.post(
                "/ops/v1/accounts",
                Api.object()
                        .put("username", name)
                        .put("email", name + "@example.org")
                        .put("company", "Demo"));
        Answer token = operator.postOnce(
                "/ops/v1/accounts/" + account.id() + "/tokens",
                Api.object().put("label", "demo").put("scopes", "*"));
        customer = first.as(token.body().path("token").asText());
        activities = new Activities(customer);
        Waiting.until("the new token to be known everywhere", LIMIT, PAUSE, this::tokenKnown);
        progress.say("Opened account %d for %s, with a token of its own", account.id(), name);
    }

    private Waiting.Look<Boolean> tokenKnown() {
        try {
            customer.list(INSTANCES);
            customer.list("/v4/volumes");
            return Waiting.Look.ready(true);
        } catch (ApiFailure e) {
            return Waiting.Look.notYet(e.sentence());
        }
    }

    private List<Long> createLinodes() {
        List<Long> linodes = new ArrayList<>();
        for (int i = 1; i <= LINODES; i++) {
            ObjectNode order = Api.object()
                    .put("type", "g6-nanode-1")
                    .put("region", LocalCloud.REGION)
                    .put("image", "linode/debian12")
                    .put("label", "demo-" + i)
                    .put("root_pass", "a long demo Passw0rd " + i);
            JsonNode linode = customer.post(INSTANCES, order).body();
            progress.say(
                    "Ordered Linode %d (%s): %s, address %s",
                    linode.path("id").asLong(),
                    linode.path("label").asText(),
                    linode.path("status").asText(),
                    linode.path("ipv4").path(0).asText());
            linodes.add(linode.path("id").asLong());
        }
        for (long linode : linodes) {
            activities.finished("linode_create", "linode", linode, 0, LIMIT, this::quiet);
            activities.finished("linode_boot", "linode", linode, 0, LIMIT, this::quiet);
            progress.say("Linode %d is %s on host %s", linode, statusOf(linode), hostOf(linode));
        }
        return linodes;
    }

    private void attachVolume(long linode) {
        Answer volume = customer.post(
                "/v4/volumes",
                Api.object().put("label", "demo-data").put("size", 20).put("region", LocalCloud.REGION));
        activities.finished("volume_create", "volume", volume.id(), 0, LIMIT, this::quiet);
        customer.post("/v4/volumes/" + volume.id() + "/attach", Api.object().put("linode_id", linode));
        activities.finished("volume_attach", "volume", volume.id(), 0, LIMIT, this::quiet);
        progress.say("Volume %d (20 GB) is attached to Linode %d while it runs", volume.id(), linode);
    }

    private void migrateLive(long linode) {
        String source = hostOf(linode);
        long last = activities.last();
        customer.post(INSTANCES + "/" + linode + "/migrate");
        progress.say("Asked to move the running Linode %d away from host %s", linode, source);
        activities.finished("linode_migrate", "linode", linode, last, LIMIT, this::percent);
        String target = hostOf(linode);
        if (target.equals(source)) {
            throw new LocalFailure("Expected Linode " + linode + " on another host than " + source
                    + " after its migration; found it there still.");
        }
        JsonNode migration = migrationsOf(linode).getLast();
        progress.say(
                "Linode %d runs on host %s now; its guest stood still for %d simulated ms (predicted %d)",
                linode,
                target,
                pauseOf(migration),
                migration.path("predicted_pause_millis").asLong());
    }

    private void drain(String host) {
        operator.post(HOSTS + "/" + host + "/drain", Api.object().put("max_parallel", 2));
        progress.say("Draining host %s: its Linodes move away while they run", host);
        Waiting.until("host " + host + " to be empty", DRAIN_LIMIT, PAUSE, () -> {
            JsonNode row = operator.get(HOSTS + "/" + host);
            boolean empty = row.path("state").asText().equals("maintenance")
                    && row.path("linodes").asInt() == 0;
            return empty
                    ? Waiting.Look.ready(true)
                    : Waiting.Look.notYet("state " + row.path("state").asText() + " with "
                            + row.path("linodes").asInt() + " Linodes");
        });
        progress.say("Host %s is empty and could be worked on", host);
        operator.post(HOSTS + "/" + host + "/uncordon");
        Waiting.until("host " + host + " to be active", LIMIT, PAUSE, () -> {
            String state = operator.get(HOSTS + "/" + host).path("state").asText();
            return state.equals("active") ? Waiting.Look.ready(true) : Waiting.Look.notYet("state " + state);
        });
        progress.say("Host %s takes Linodes again", host);
    }

    private void rebalance() {
        Answer started = operator.post(
                "/ops/v1/rebalances", Api.object().put("goal", "balance").put("max_moves", 5));
        long id = started.id();
        JsonNode done = Waiting.until("rebalance " + id + " completed", DRAIN_LIMIT, PAUSE, () -> {
            JsonNode now = operator.get("/ops/v1/rebalances/" + id);
            return now.path("status").asText().equals("completed")
                    ? Waiting.Look.ready(now)
                    : Waiting.Look.notYet(now.toString());
        });
        progress.say(
                "Rebalanced: %d moves, unevenness %.3f before and %.3f after",
                done.path("moves").size(),
                done.path("score_before").asDouble(),
                done.path("score_after").asDouble());
    }

    private void tellWhy(long linode) {
        progress.say("Why Linode %d is where it is (host %s), from the first request on:", linode, hostOf(linode));
        new JourneyStory(operator, progress).why(linode);
    }

    private void tellStates(long linode) {
        progress.say("Linode %d before and after its move, folded from the event log:", linode);
        new JourneyStory(operator, progress).states(linode);
    }

    private Result result(Set<Long> before) {
        List<JsonNode> migrations = operator.list("/ops/v1/migrations").stream()
                .filter(migration -> !before.contains(migration.path("id").asLong()))
                .filter(migration -> migration.path("status").asText().equals("completed"))
                .toList();
        long longest = migrations.stream().mapToLong(Journey::pauseOf).max().orElse(0);
        long events =
                operator.get("/ops/v1/events?page_size=25").path("results").asLong();
        int running = (int) customer.list(INSTANCES).stream()
                .filter(linode -> linode.path("status").asText().equals("running"))
                .count();
        if (running != LINODES || migrations.isEmpty()) {
            throw new LocalFailure("Expected " + LINODES + " running Linodes and at least one migration; found "
                    + running + " and " + migrations.size() + ".");
        }
        return new Result(running, migrations.size(), longest, events);
    }

    private Set<Long> migrationsNow() {
        Set<Long> ids = new HashSet<>();
        operator.list("/ops/v1/migrations").forEach(m -> ids.add(m.path("id").asLong()));
        return ids;
    }

    private List<JsonNode> migrationsOf(long linode) {
        return operator.list("/ops/v1/migrations").stream()
                .filter(migration -> migration.path("linode_id").asLong() == linode)
                .sorted((a, b) ->
                        Long.compare(a.path("id").asLong(), b.path("id").asLong()))
                .toList();
    }

    private static long pauseOf(JsonNode migration) {
        return migration
                .path("paused_millis")
                .asLong(migration.path("hypervisor_pause_millis").asLong());
    }

    private String statusOf(long linode) {
        return customer.get(INSTANCES + "/" + linode).path("status").asText();
    }

    private String hostOf(long linode) {
        String host = operator.get("/ops/v1/linodes/" + linode).path("host").asText("");
        if (host.isEmpty() || host.equals("null")) {
            throw new LocalFailure("Expected Linode " + linode + " on a host; found it on none.");
        }
        return host;
    }

    private void quiet(JsonNode activity) {
        // only its end is told
    }

    private int lastPercent = -1;

    private void percent(JsonNode activity) {
        int percent = activity.path("percent_complete").asInt();
        if (percent != lastPercent) {
            lastPercent = percent;
            progress.say("  migration at %d %%", percent);
        }
    }
}
