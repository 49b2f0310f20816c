package lpm.hostagent;

import java.nio.file.Path;
import java.util.Map;
import lpm.contracts.HostId;
import lpm.contracts.Region;

/**
 * What an agent is told by its environment.
 *
 * @param host {@code LPM_HOST}
 * @param region {@code LPM_REGION}
 * @param kafka {@code LPM_KAFKA}, the bootstrap servers
 * @param data {@code LPM_DATA}, where the journal is
 * @param hypervisor {@code LPM_HYPERVISOR}, such as {@code simulated:/path/h1.sock}
 * @param port {@code LPM_PORT}, for health and metrics, on the loopback interface
 */
record AgentConfig(HostId host, Region region, String kafka, Path data, String hypervisor, int port) {
    static AgentConfig of(Map<String, String> env) {
        return new AgentConfig(
                HostId.of(needed(env, "LPM_HOST")),
                Region.of(needed(env, "LPM_REGION")),
                needed(env, "LPM_KAFKA"),
                Path.of(needed(env, "LPM_DATA")),
                needed(env, "LPM_HYPERVISOR"),
                Integer.parseInt(needed(env, "LPM_PORT")));
    }

    private static String needed(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
