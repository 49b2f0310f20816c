package lpm.xenlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import lpm.cli.Activities;
import lpm.cli.Api;
import lpm.local.LocalCloud;
import lpm.local.LocalFailure;
import lpm.local.Waiting;

/** What a customer and an operator do with Linodes on the lab, through the public API only; every wait has a limit. */
public final class LabCustomer {
    static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final String INSTANCES = "/v4/linode/instances";
    private static final String HOSTS = "/ops/v1/hosts";

    private final Api customer;
    private final Api operator;
    private final Activities activities;

    public LabCustomer(LocalCloud cloud) {
        this.customer = cloud.customer();
        this.operator = cloud.operator();
        this.activities = new Activities(customer);
    }

    /** A Linode as it was ordered. */
    public record Linode(long id, String address) {}

    /** What orders a Linode with the lab's image. */
    public static ObjectNode order(String type) {
        return Api.object()
                .put("type", type)
                .put("region", LocalCloud.REGION)
                .put("image", "lab/busybox")
                .put("root_pass", "a long lab Passw0rd");
    }

    /** Orders a Linode with the lab's image; comes back when it is running. */
    public Linode create(String label, String type) {
        JsonNode linode =
                customer.post(INSTANCES, order(type).put("label", label)).body();
        long id = linode.path("id").asLong();
        done("linode_boot", "linode", id, 0);
        return new Linode(id, linode.path("ipv4").path(0).asText());
    }

    /** Makes a volume of 10 GB and attaches it to the running Linode. */
    public long attachVolume(Linode linode, String label) {
        long volume = customer.post(
                        "/v4/volumes",
                        Api.object().put("label", label).put("size", 10).put("region", LocalCloud.REGION))
                .id();
        done("volume_create", "volume", volume, 0);
        customer.post("/v4/volumes/" + volume + "/attach", Api.object().put("linode_id", linode.id()));
        done("volume_attach", "volume", volume, 0);
        return volume;
    }

    public void detachVolume(long volume) {
        long before = activities.last();
        customer.post("/v4/volumes/" + volume + "/detach");
        done("volume_detach", "volume", volume, before);
    }

    public void deleteVolume(long volume) {
        customer.delete("/v4/volumes/" + volume);
    }

    /** Moves it while it runs. */
    public void move(Linode linode) {
        long before = activities.last();
        customer.post(INSTANCES + "/" + linode.id() + "/migrate");
        done("linode_migrate", "linode", linode.id(), before);
    }

    /** The same; answers with the migration once the guest's own pause was measured, or for long not. */
    public JsonNode migrate(Linode linode) {
        move(linode);
        return measured(linode);
    }

    private JsonNode measured(Linode linode) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode migration = newest(linode);
        while (migration.path("guest_pause_millis").isNull() && System.nanoTime() < end) {
            Waiting.nap(LOOK);
            migration = newest(linode);
        }
        return migration;
    }

    /** The Linode's last migration. */
    public JsonNode newest(Linode linode) {
        List<JsonNode> all = operator.list("/ops/v1/migrations").stream()
                .filter(each -> each.path("linode_id").asLong() == linode.id())
                .toList();
        return all.stream()
                .max(Comparator.comparingLong(each -> each.path("id").asLong()))
                .orElseThrow(() -> new LocalFailure("Expected a migration of Linode " + linode.id() + "; found none."));
    }

    /** Empties a host and lets it take Linodes again. */
    public void drainAndReturn(String host) {
        operator.post(HOSTS + "/" + host + "/drain", Api.object().put("max_parallel", 1));
        awaitHost(host, "maintenance");
        operator.post(HOSTS + "/" + host + "/uncordon");
        awaitHost(host, "active");
    }

    private void awaitHost(String host, String state) {
        Waiting.until("host " + host + " in state " + state, LIMIT, LOOK, () -> {
            String found = operator.get(HOSTS + "/" + host).path("state").asText();
            return found.equals(state) ? Waiting.Look.ready(true) : Waiting.Look.notYet(found);
        });
    }

    /** Deletes the Linode; comes back when the API knows it no more. */
    public void delete(Linode linode) {
        customer.delete(INSTANCES + "/" + linode.id());
        Waiting.until("Linode " + linode.id() + " gone", LIMIT, LOOK, () -> {
            boolean there = customer.list(INSTANCES).stream()
                    .anyMatch(each -> each.path("id").asLong() == linode.id());
            return there ? Waiting.Look.notYet("it still listed") : Waiting.Look.ready(true);
        });
    }

    /** Where the Linode runs. */
    public String hostOf(Linode linode) {
        return operator.get("/ops/v1/linodes/" + linode.id()).path("host").asText();
    }

    /** How the platform sees the lab's pool. */
    public JsonNode pool() {
        return operator.get("/ops/v1/storage/pools/pool-us-east");
    }

    /** Events in the log so far. */
    public long events() {
        return operator.get("/ops/v1/events?page_size=25").path("results").asLong();
    }

    private void done(String action, String type, long id, long after) {
        activities.finished(action, type, id, after, LIMIT, _ -> {});
    }
}
