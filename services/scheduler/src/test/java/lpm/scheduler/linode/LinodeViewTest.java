package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Envelope;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.platform.Query;
import lpm.platform.rest.ApiJson;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.linode.LinodeCommand.*;
import org.junit.jupiter.api.Test;

class LinodeViewTest {
    /** The keys of section 2 of our API's contract: those of the official document, and what the live API adds. */
    private static final List<String> KEYS =
            List.of(("id label group status created updated type ipv4 ipv6 image region site_type specs alerts backups"
                            + " hypervisor watchdog_enabled tags host_uuid has_user_data placement_group disk_encryption"
                            + " lke_cluster_id capabilities interface_generation maintenance_policy locks")
                    .split(" "));

    private final InMemoryRows rows = new InMemoryRows();
    private final LinodeView view = new LinodeView();
    private final ObjectMapper api = ApiJson.mapper();

    private void show(LinodeFixture linode, String time) {
        LinodeEvent event = new LinodeEvent.LinodeBootRefused(ID, "any");
        Envelope<LinodeEvent> envelope = new Envelope<>(
                new UUID(0, 1),
                "scheduler.LinodeBootRefused",
                1,
                ID.aggregateId(),
                0L,
                null,
                3L,
                1L,
                1L,
                null,
                null,
                Instant.parse(time),
                new UUID(0, 2),
                null,
                Actor.service("scheduler"),
                null,
                event);
        view.project(envelope, linode.state(), rows);
    }

    private JsonNode shown() {
        return api.valueToTree(
                rows.get(LinodeView.LINODES, "7", LinodeJson.class).orElseThrow());
    }

    private static List<String> keys(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void showsEveryKeyOfTheContractAlwaysAndNoOther() {
        show(running(), "2026-01-02T03:04:05.678Z");
        JsonNode linode = shown();
        assertThat(keys(linode)).containsExactlyInAnyOrderElementsOf(KEYS);
        assertThat(keys(linode.get("specs")))
                .containsExactlyInAnyOrder("disk", "memory", "vcpus", "gpus", "transfer", "accelerated_devices");
        assertThat(keys(linode.get("alerts")))
                .containsExactlyInAnyOrder(
                        "cpu", "network_in", "network_out", "transfer_quota", "io", "system_alerts", "user_alerts");
        assertThat(keys(linode.get("backups")))
                .containsExactlyInAnyOrder("enabled", "available", "schedule", "last_successful");
        assertThat(linode.get("hypervisor").asText()).isEqualTo("xen");
        assertThat(linode.get("host_uuid").asText()).matches("[0-9a-f]{40}");
        assertThat(linode.get("created").asText()).isEqualTo("2026-01-02T03:04:05");
        assertThat(linode.get("image").asText()).isEqualTo("linode/debian12");
        show(ordered(), "2026-01-02T03:04:05Z");
        assertThat(keys(shown())).containsExactlyInAnyOrderElementsOf(KEYS);
    }

    @Test
    void keepsWhenItWasCreatedAndChangesItsHostOnAMove() {
        show(running(), "2026-01-02T03:04:05Z");
        String before = shown().get("host_uuid").asText();
        show(moving().given(new NoteMoved(ID, MOVE, H2, 2)), "2026-01-03T00:00:00Z");
        assertThat(shown().get("created").asText()).isEqualTo("2026-01-02T03:04:05");
        assertThat(shown().get("updated").asText()).isEqualTo("2026-01-03T00:00:00");
        assertThat(shown().get("host_uuid").asText()).isNotEqualTo(before);
    }

    @Test
    void keepsWhatOnlyThisServiceKnowsBesideWhatIsShown() {
        show(running(), "2026-01-02T03:04:05Z");
        LinodeFacts facts = rows.get(LinodeView.LINODES, "7", LinodeFacts.class).orElseThrow();
        assertThat(facts.id()).isEqualTo(7);
        assertThat(facts.account()).isEqualTo(3);
        assertThat(facts.at()).contains(H1);
        assertThat(facts.running()).isTrue();
        assertThat(facts.sizing()).isEqualTo(NANODE);
        assertThat(rows.find(LinodeView.LINODES, Query.where("account", 3L).and("label", "web"), LinodeJson.class))
                .hasSize(1);
        assertThat(rows.find(LinodeView.LINODES, Query.where("ipv4", "198.18.0.2"), LinodeJson.class))
                .hasSize(1);
    }

    @Test
    void showsDisksAndTheConfigWithItsSlots() {
        show(offline().given(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)), "2026-01-02T03:04:05Z");
        assertThat(rows.find(LinodeView.DISKS, Query.where("linode", 7L), LinodeJson.Disk.class))
                .extracting(LinodeJson.Disk::status)
                .containsExactly("ready", "ready");
        JsonNode config = api.valueToTree(
                rows.get(LinodeView.CONFIGS, "5", LinodeJson.Config.class).orElseThrow());
        assertThat(keys(config))
                .contains(
                        "comments",
                        "devices",
                        "helpers",
                        "id",
                        "interfaces",
                        "kernel",
                        "label",
                        "memory_limit",
                        "root_device",
                        "run_level",
                        "virt_mode");
        assertThat(config.at("/devices/sda/disk_id").asLong()).isEqualTo(11);
        assertThat(config.at("/devices/sdc/volume_id").asLong()).isEqualTo(new VolumeId(40).value());
        assertThat(config.at("/devices/sdd").isNull()).isTrue();
    }

    /** A disk that goes, one that comes, one that was to come and was refused. */
    @Test
    void showsNoDiskThatIsNoMore() {
        DiskSpec more = new DiskSpec(new DiskId(30), "data", 1, "ext4", Optional.empty(), Optional.empty());
        LinodeFixture linode = offline();
        show(linode, "2026-01-02T03:04:05Z");
        assertThat(shownDisks()).containsExactly(11L, 12L);

        linode = linode.given(new ChangeDisk(ID, DiskChange.delete, SWAP));
        show(linode, "2026-01-02T03:04:06Z");
        linode = linode.given(new NoteDisksDeleted(ID, List.of(new DiskId(12))));
        show(linode, "2026-01-02T03:04:07Z");
        assertThat(shownDisks()).containsExactly(11L);

        linode = linode.given(new ChangeDisk(ID, DiskChange.add, more));
        show(linode, "2026-01-02T03:04:08Z");
        assertThat(shownDisks()).containsExactly(11L, 30L);
        linode = linode.given(new NoteDisksRefused(ID, List.of(new DiskId(30)), "no room"));
        show(linode, "2026-01-02T03:04:09Z");
        assertThat(shownDisks()).containsExactly(11L);
    }

    private List<Long> shownDisks() {
        return rows
                .find(LinodeView.DISKS, Query.where("linode", 7L).orderBy("id", false), LinodeJson.Disk.class)
                .stream()
                .map(LinodeJson.Disk::id)
                .toList();
    }

    @Test
    void leavesNothingOfADeletedLinode() {
        show(running(), "2026-01-02T03:04:05Z");
        show(ordered().given(new Delete(ID)), "2026-01-02T03:05:05Z");
        assertThat(rows.count(LinodeView.LINODES, Query.all())).isZero();
        assertThat(rows.count(LinodeView.DISKS, Query.all())).isZero();
        assertThat(rows.count(LinodeView.CONFIGS, Query.all())).isZero();
    }

    @Test
    void hasTheApisWordForEachPhase() {
        assertThat(LinodeStatus.of(ordered().state())).isEqualTo("provisioning");
        assertThat(LinodeStatus.of(running().state())).isEqualTo("running");
        assertThat(LinodeStatus.of(offline().state())).isEqualTo("offline");
        assertThat(LinodeStatus.of(offline().given(new Boot(ID)).state())).isEqualTo("booting");
        assertThat(LinodeStatus.of(running().given(new Reboot(ID)).state())).isEqualTo("rebooting");
        assertThat(LinodeStatus.of(running().given(new Shutdown(ID)).state())).isEqualTo("shutting_down");
        assertThat(LinodeStatus.of(moving().state())).isEqualTo("migrating");
        assertThat(LinodeStatus.of(moving().given(new Delete(ID)).state())).isEqualTo("deleting");
    }
}
