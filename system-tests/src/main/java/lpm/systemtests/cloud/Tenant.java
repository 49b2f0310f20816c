package lpm.systemtests.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import lpm.cli.Api;
import lpm.cli.ApiFailure;
import lpm.local.LocalCloud;
import lpm.local.Waiting;

/** A fresh account on the cloud, and what tests do with one. */
public record Tenant(LocalCloud cloud, long account, String token, Api api, Api operator) {
    public static final Duration LIMIT = Duration.ofMinutes(2);
    public static final String INSTANCES = "/v4/linode/instances";
    /** Of every Linode made here; never to be found in what is kept. */
    static final String PASSWORD = "correct horse battery 9 staple";

    public static Tenant open(LocalCloud cloud) {
        String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        Api operator = cloud.operator();
        long account = operator.post(
                        "/ops/v1/accounts", Api.object().put("username", name).put("email", name + "@example.org"))
                .id();
        String token = operator.postOnce(
                        "/ops/v1/accounts/" + account + "/tokens",
                        Api.object().put("label", "tests").put("scopes", "*"))
                .body()
                .path("token")
                .asText();
        Tenant tenant = new Tenant(cloud, account, token, cloud.customer().as(token), operator);
        tenant.await("the token known everywhere", tenant::known, true);
        return tenant;
    }

    private boolean known() {
        try {
            api.list(INSTANCES);
            api.list("/v4/volumes");
            api.list("/v4/account/events");
            return true;
        } catch (ApiFailure e) {
            return false;
        }
    }

    public static ObjectNode order(String label) {
        return Api.object()
                .put("type", "g6-nanode-1")
                .put("region", LocalCloud.REGION)
                .put("image", "linode/debian12")
                .put("label", label)
                .put("root_pass", PASSWORD);
    }

    public long create(String label) {
        return api.post(INSTANCES, order(label)).id();
    }

    public long createRunning(String label) {
        long linode = create(label);
        awaitStatus(linode, "running");
        return linode;
    }

    /** A new token of the same account, with its secret. */
    public JsonNode newToken(String label, String scopes) {
        return api.postOnce(
                        "/v4/profile/tokens", Api.object().put("label", label).put("scopes", scopes))
                .body();
    }

    /** A new volume; the number of it. */
    public long volume(String label) {
        return api.post(
                        "/v4/volumes",
                        Api.object().put("label", label).put("size", 10).put("region", LocalCloud.REGION))
                .id();
    }

    public JsonNode linode(long id) {
        return api.get(INSTANCES + "/" + id);
    }

    public String status(long id) {
        return linode(id).path("status").asText();
    }

    public String hostUuid(long id) {
        return linode(id).path("host_uuid").asText();
    }

    /** The host's name, as operators know it. */
    public String host(long id) {
        String uuid = hostUuid(id);
        return operator.list("/ops/v1/hosts").stream()
                .filter(host -> host.path("host_uuid").asText().equals(uuid))
                .map(host -> host.path("id").asText())
                .findFirst()
                .orElse("none");
    }

    public void awaitStatus(long id, String status) {
        await("Linode " + id + " " + status, () -> status(id), status);
    }

    /** A job of the Linode that may still be busy for a moment: asked again, as clients do. */
    public void retryBusy(Runnable ask) {
        Waiting.until("the Linode not busy", LIMIT, () -> {
            try {
                ask.run();
                return Waiting.Look.ready(true);
            } catch (ApiFailure e) {
                if (e.sentence().contains("Linode busy.")) {
                    return Waiting.Look.notYet(e.sentence());
                }
                throw e;
            }
        });
    }

    public <T> void await(String what, java.util.function.Supplier<T> look, T expected) {
        Waiting.until(what, LIMIT, Duration.ofMillis(100), () -> {
            T found;
            try {
                found = look.get();
            } catch (ApiFailure e) {
                if (!e.isUnknown()) {
                    throw e;
                }
                return Waiting.Look.notYet(e.sentence());
            }
            return found.equals(expected) ? Waiting.Look.ready(true) : Waiting.Look.notYet(String.valueOf(found));
        });
    }

    public void delete(long linode) {
        api.delete(INSTANCES + "/" + linode);
        await("Linode " + linode + " deleted", () -> exists(linode), false);
    }

    public boolean exists(long linode) {
        return api.list(INSTANCES).stream().anyMatch(each -> each.path("id").asLong() == linode);
    }

    public List<JsonNode> events(String stream) {
        return operator.list("/ops/v1/streams/" + stream + "/events");
    }

    public List<JsonNode> migrations(long linode) {
        return operator.list("/ops/v1/migrations").stream()
                .filter(each -> each.path("linode_id").asLong() == linode)
                .toList();
    }

    public void awaitHost(String host, String state) {
        await(
                "host " + host + " " + state,
                () -> operator.get("/ops/v1/hosts/" + host).path("state").asText(),
                state);
    }

    /** Capacity is given back a moment after the Linode is gone. */
    public void awaitNothingHeld(String host) {
        await(
                "nothing held on host " + host,
                () -> operator.get("/ops/v1/hosts/" + host).path("linodes").asInt(),
                0);
    }
}
