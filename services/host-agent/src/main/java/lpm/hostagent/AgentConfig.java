package lpm.hostagent;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lpm.contracts.HostId;
import lpm.contracts.Region;

/**
 * What an agent is told by its environment.
 *
 * @param host {@code LPM_HOST}
 * @param region {@code LPM_REGION}
 * @param kafka {@code LPM_KAFKA}, the bootstrap servers
 * @param data {@code LPM_DATA}, where the journal is
 * @param hypervisor {@code LPM_HYPERVISOR}: {@code simulated:/path/h1.sock} or a URI of libvirt's Xen driver
 * @param port {@code LPM_PORT}, for health and metrics, on the loopback interface
 * @param xen what a real host needs beyond that; empty for a simulated one
 */
record AgentConfig(
        HostId host, Region region, String kafka, Path data, String hypervisor, int port, Optional<XenConfig> xen) {
    static final String SIMULATED = "simulated:";
    private static final Pattern XEN = Pattern.compile("xen(\\+[a-z]+)?://.*");

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException with one sentence for operators
     */
    static AgentConfig of(Map<String, String> env) {
        String hypervisor = needed(env, "LPM_HYPERVISOR");
        return new AgentConfig(
                HostId.of(needed(env, "LPM_HOST")),
                Region.of(needed(env, "LPM_REGION")),
                needed(env, "LPM_KAFKA"),
                Path.of(needed(env, "LPM_DATA")),
                hypervisor,
                port(needed(env, "LPM_PORT")),
                xen(hypervisor, env));
    }

    private static Optional<XenConfig> xen(String hypervisor, Map<String, String> env) {
        if (hypervisor.startsWith(SIMULATED)) {
            return Optional.empty();
        }
        if (!XEN.matcher(hypervisor).matches() || !isUri(hypervisor)) {
            throw new IllegalArgumentException("LPM_HYPERVISOR must be simulated:<path of a socket> or a URI of"
                    + " libvirt's Xen driver such as xen:///system or xen+tcp://192.0.2.1/system, found " + hypervisor
                    + "; correct it.");
        }
        return Optional.of(XenConfig.of(hypervisor, env));
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("LPM_PORT must be a number, found " + text + "; correct it.", e);
        }
    }

    static String needed(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
