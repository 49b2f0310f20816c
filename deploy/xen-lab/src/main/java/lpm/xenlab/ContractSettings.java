package lpm.xenlab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lpm.local.LocalFailure;

/** What the agent's contract test needs to know of this lab: each agent's settings, and where two disks for it lie. */
final class ContractSettings {
    private static final String DISK = "contract-disk";
    private static final String VOLUME = "contract-volume";

    private ContractSettings() {}

    static void write(Path file, List<XenHost> hosts, CephCluster ceph, Path image) {
        String rbd = "# " + String.join(" ", ceph.client("rbd"));
        StringBuilder text = new StringBuilder("# The two disks are made by:\n")
                .append("%s import %s %s/%s\n".formatted(rbd, image, CephCluster.POOL, DISK))
                .append("%s create --size 16 %s/%s\n".formatted(rbd, CephCluster.POOL, VOLUME));
        hosts.forEach(host -> host.agentEnvironment()
                .forEach((name, value) -> text.append("%s.%s=%s\n".formatted(host.name(), name, value))));
        text.append("disk=/dev/lpm/%s/%s\n".formatted(CephCluster.POOL, DISK));
        text.append("volume=/dev/lpm/%s/%s\n".formatted(CephCluster.POOL, VOLUME));
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LocalFailure("Cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
