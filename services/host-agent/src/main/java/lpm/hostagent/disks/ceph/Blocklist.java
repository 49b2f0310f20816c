package lpm.hostagent.disks.ceph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.Exclusion;
import lpm.hostagent.lease.LeaseRecord;
import lpm.platform.json.Json;

/**
 * Shuts a host out by its address: the OSDs refuse every client that comes from there, also its kernel's. A note at the
 * monitors says which registration that was, since a client that is shut out can still ask them.
 */
final class Blocklist implements Exclusion {
    /** The entry shall stay until the host is let in; the monitors want a time. */
    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private static final String NOTE = "lpm/fenced/";
    private static final String ALL_CLIENTS = ":0/0";

    private final CephCluster cluster;
    private final DeviceMap devices;

    Blocklist(CephCluster cluster, DeviceMap devices) {
        this.cluster = cluster;
        this.devices = devices;
    }

    @Override
    public void shutOut(LeaseRecord revoked) {
        if (revoked.address().isEmpty()) {
            return;
        }
        ask("config-key set", Map.of("key", NOTE + revoked.host(), "val", Json.write(revoked)));
        ask("osd blocklist", Map.of("blocklistop", "add", "addr", entry(revoked), "expire", (double)
                FOR_EVER.toSeconds()));
        if (!listed().contains(entry(revoked))) {
            throw new PortUnreachable("Ceph took " + entry(revoked) + " into its blocklist but does not show it; see "
                    + "ceph osd blocklist ls");
        }
    }

    /** Without its devices nothing that was written before the fence can reach the pool after it. */
    @Override
    public void letIn(LeaseRecord older) {
        devices.unmapAll();
        if (older.address().isEmpty() || !listed().contains(entry(older))) {
            return;
        }
        ask("osd blocklist", Map.of("blocklistop", "rm", "addr", entry(older)));
        if (listed().contains(entry(older))) {
            throw new PortUnreachable(
                    "Ceph still shows " + entry(older) + " in its blocklist; see ceph osd blocklist ls");
        }
    }

    @Override
    public Optional<LeaseRecord> noted(HostId host) {
        JsonNode keys = Json.tree(ask("config-key dump", Map.of("key", NOTE + host)));
        return Optional.ofNullable(keys.get(NOTE + host)).map(JsonNode::asText).map(LeaseRecord::parse);
    }

    /** The answer may be two arrays one after the other, addresses, then ranges of them: only the first is read. */
    private List<String> listed() {
        List<String> all = new ArrayList<>();
        try (MappingIterator<JsonNode> entries =
                Json.MAPPER.readerFor(JsonNode.class).readValues(ask("osd blocklist ls", Map.of()))) {
            while (entries.hasNext()) {
                all.add(entries.next().path("addr").asText());
            }
        } catch (IOException e) {
            throw new PortUnreachable("the blocklist of Ceph cannot be read", e);
        }
        return all;
    }

    private static String entry(LeaseRecord lease) {
        return lease.address() + ALL_CLIENTS;
    }

    private String ask(String prefix, Map<String, Object> arguments) {
        Map<String, Object> command = new LinkedHashMap<>(arguments);
        command.put("prefix", prefix);
        command.put("format", "json");
        return cluster.ask(Json.write(command));
    }
}
