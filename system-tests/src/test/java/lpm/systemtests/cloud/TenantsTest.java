package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.local.LocalCloud;
import lpm.systemtests.cloud.HttpProbe.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is one account's, no other sees or changes: every operation is tried with the numbers and names of another. */
@ExtendWith(CloudExtension.class)
class TenantsTest {
    private static final List<Operation> OPERATIONS = Operation.under("/v4/");

    /** All that an account has, by what names it in a path (the Linode first), and what only its owner may read. */
    private record Estate(long linode, long config, long volume, List<String> names, List<String> canaries) {
        static Estate of(Tenant owner) {
            String mark = "canary-" + UUID.randomUUID().toString().substring(0, 8);
            long linode = owner.createRunning(mark + "-linode");
            JsonNode disk =
                    owner.api().list(Tenant.INSTANCES + "/" + linode + "/disks").getFirst();
            JsonNode config = owner.api()
                    .list(Tenant.INSTANCES + "/" + linode + "/configs")
                    .getFirst();
            String address = owner.linode(linode).path("ipv4").path(0).asText();
            long volume = owner.volume(mark + "-volume");
            JsonNode user = owner.api().list("/v4/account/users").getFirst();
            String username = user.path("username").asText();
            List<String> names = new ArrayList<>(List.of("" + linode, "" + volume, address, username));
            Stream.of(disk, config).map(each -> each.path("id").asText()).forEach(names::add);
            names.add(""
                    + owner.api()
                            .post("/v4/profile/sshkeys", sshKey(mark + "-key"))
                            .id());
            names.add("" + owner.newToken(mark + "-token", "linodes:read_only").path("id"));
            names.add("" + owner.api().list("/v4/account/events").getFirst().path("id"));
            owner.await("everything that was ordered done", () -> settled(owner, volume), true);
            List<String> canaries = List.of(
                    mark + "-linode",
                    mark + "-volume",
                    mark + "-key",
                    mark + "-token",
                    address,
                    username,
                    user.path("email").asText());
            return new Estate(linode, config.path("id").asLong(), volume, List.copyOf(names), canaries);
        }

        /** From now on nothing of it changes by itself. */
        private static boolean settled(Tenant owner, long volume) {
            List<String> open = List.of("scheduled", "started");
            return owner.api()
                            .get("/v4/volumes/" + volume)
                            .path("status")
                            .asText()
                            .equals("active")
                    && owner.api().list("/v4/account/events").stream()
                            .noneMatch(each -> open.contains(each.path("status").asText()));
        }

        private static ObjectNode sshKey(String label) {
            String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ" + "A".repeat(42);
            return Api.object().put("label", label).put("ssh_key", key);
        }

        /** All that can be read with the token, of what begins with the owner's numbers and names. */
        List<Answer> read(Tenant reader) {
            return OPERATIONS.stream()
                    .filter(Operation::reads)
                    .flatMap(each -> each.filled(names))
                    .map(path -> HttpProbe.send(reader.token(), "GET", reader, path, ""))
                    .toList();
        }

        /** What the owner's things are, without what changes by itself. */
        List<String> state(Tenant owner) {
            return Stream.of(
                            Tenant.INSTANCES,
                            Tenant.INSTANCES + "/" + linode + "/disks",
                            Tenant.INSTANCES + "/" + linode + "/configs",
                            "/v4/volumes",
                            "/v4/profile/sshkeys",
                            "/v4/profile/tokens",
                            "/v4/account/users",
                            "/v4/account/events")
                    .flatMap(path -> owner.api().list(path).stream())
                    .map(JsonNode::toString)
                    .toList();
        }
    }

    @Test
    void nobodyReadsOrChangesWhatIsAnothers(Tenant owner, Tenant stranger) {
        Estate estate = Estate.of(owner);
        List<Answer> answers = estate.read(owner);
        assertThat(estate.canaries()).allMatch(canary -> answers.stream()
                .anyMatch(each -> each.body().contains(canary)));
        List<String> before = estate.state(owner);

        assertThat(estate.read(stranger)).hasSameSizeAs(answers).allSatisfy(answer -> assertThat(answer.body())
                .doesNotContain(estate.canaries()));
        List<String> own = own(stranger);
        OPERATIONS.stream()
                .filter(each -> !each.reads() && each.hasParameters())
                .forEach(each -> each.filled(estate.names())
                        .filter(path -> own.stream().noneMatch((path + "/")::startsWith))
                        .forEach(path -> refused(stranger, each.method(), path, "{}", estate)));

        assertThat(estate.state(owner)).isEqualTo(before);
        owner.delete(estate.linode());
    }

    /** Each order is accepted with numbers of one's own. */
    @Test
    void nobodyBringsWhatIsAnothersIntoAnOrderOfHisOwn(Tenant owner, Tenant stranger) {
        Estate estate = Estate.of(owner);
        List<String> before = estate.state(owner);
        Estate own = Estate.of(stranger);
        String volumes = "/v4/volumes";
        String attach = volumes + "/" + own.volume() + "/attach";
        String reboot = Tenant.INSTANCES + "/" + own.linode() + "/reboot";
        String volume = "{\"label\":\"into\",\"size\":10,\"linode_id\":%d}";
        String linode = "{\"linode_id\":%d}";
        String config = "{\"config_id\":%d}";

        refused(stranger, "POST", volumes, volume.formatted(estate.linode()), estate);
        refused(stranger, "POST", attach, linode.formatted(estate.linode()), estate);
        refused(stranger, "POST", reboot, config.formatted(estate.config()), estate);

        assertThat(estate.state(owner)).isEqualTo(before);
        assertThat(stranger.api().list(volumes)).hasSize(1);
        accepted(stranger, volumes, volume.formatted(own.linode()));
        accepted(stranger, attach, linode.formatted(own.linode()));
        stranger.retryBusy(() -> stranger.api().post(reboot, Api.object().put("config_id", own.config())));
        stranger.delete(own.linode());
        owner.delete(estate.linode());
    }

    @Test
    void customersHaveNoPartInWhatIsForOperators(LocalCloud cloud, Tenant tenant) {
        List<Operation> operations = Operation.under("/ops/");
        assertThat(operations).hasSizeGreaterThan(20);
        List<String> names = List.of("" + tenant.account(), cloud.hostIds().getFirst());
        operations.forEach(each -> each.filled(names).forEach(path -> assertThat(
                        HttpProbe.code(tenant.token(), each.method(), tenant, path, each.reads() ? "" : "{}"))
                .as(each.method() + " " + path)
                .isIn(401, 403, 404)));
    }

    /** What the stranger has: a number of the owner's may be that of something else there. */
    private static List<String> own(Tenant stranger) {
        return Stream.of("/v4/profile/tokens/", "/v4/account/events/")
                .flatMap(path -> stranger.api().list(path.substring(0, path.length() - 1)).stream()
                        .map(each -> path + each.path("id") + "/"))
                .toList();
    }

    private static void refused(Tenant stranger, String method, String path, String body, Estate estate) {
        Answer answer = HttpProbe.send(stranger.token(), method, stranger, path, body);
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isBetween(400, 499);
        assertThat(answer.body()).as(path).doesNotContain(estate.canaries());
    }

    private static void accepted(Tenant tenant, String path, String body) {
        assertThat(HttpProbe.post(tenant, path, body).status()).as(path).isEqualTo(200);
    }
}
