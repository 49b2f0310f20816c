package lpm.hostagent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.PoolId;

/**
 * What the agent of a real Xen host is told by its environment.
 *
 * @param uri {@code LPM_HYPERVISOR}, where libvirt answers
 * @param address {@code LPM_ADDRESS}, the host's address in the network of migrations and storage
 * @param dom0 {@code LPM_DOM0}, the command that serves the agent's rights in dom0 on its stdin and stdout
 * @param pools {@code LPM_POOLS}, the pools this host reaches
 * @param images {@code LPM_IMAGES}, a folder with raw images
 * @param watchdog {@code LPM_WATCHDOG}, {@code unix:<socket>} or a device
 * @param bridge {@code LPM_BRIDGE}, where guests are plugged in
 * @param domainType {@code LPM_DOMAIN_TYPE}
 * @param kernels {@code LPM_KERNELS}, a folder in dom0 with a folder for each kernel
 */
record XenConfig(
        String uri,
        String address,
        List<String> dom0,
        List<PoolSetting> pools,
        Optional<Path> images,
        Optional<String> watchdog,
        String bridge,
        DomainType domainType,
        String kernels) {
    private static final String DEFAULT_BRIDGE = "br0";
    private static final String DEFAULT_KERNELS = "/usr/lib/lpm/kernels";

    XenConfig {
        dom0 = List.copyOf(dom0);
        pools = List.copyOf(pools);
    }

    /** How guests are virtualised. */
    enum DomainType {
        pvh,
        pv
    }

    /**
     * One pool: {@code <id>=<type>:<settings>}.
     *
     * @param type such as {@code rbd}, {@code dir} or {@code netfs}
     * @param settings what that type needs to know
     */
    record PoolSetting(PoolId id, String type, String settings) {}

    static XenConfig of(String uri, Map<String, String> env) {
        return new XenConfig(
                uri,
                needed(env, "LPM_ADDRESS", "the host's address in the migration network, such as 192.0.2.1"),
                List.of(needed(env, "LPM_DOM0", "the command that serves dom0, such as /usr/sbin/lpm-dom0")
                        .strip()
                        .split("\\s+")),
                pools(needed(env, "LPM_POOLS", "a list such as pool-us-east=rbd:/etc/ceph/ceph.conf:rbd")),
                given(env, "LPM_IMAGES").map(Path::of),
                given(env, "LPM_WATCHDOG"),
                given(env, "LPM_BRIDGE").orElse(DEFAULT_BRIDGE),
                domainType(given(env, "LPM_DOMAIN_TYPE").orElse(DomainType.pvh.name())),
                given(env, "LPM_KERNELS").orElse(DEFAULT_KERNELS));
    }

    private static List<PoolSetting> pools(String text) {
        List<PoolSetting> pools = new ArrayList<>();
        for (String each : text.split(",")) {
            int equals = each.indexOf('=');
            int colon = each.indexOf(':', equals + 1);
            if (equals < 1 || colon < equals + 2 || colon == each.length() - 1) {
                throw new IllegalArgumentException(
                        "LPM_POOLS must list <pool>=<type>:<settings>, separated by commas, found " + each
                                + "; correct it.");
            }
            pools.add(new PoolSetting(
                    PoolId.of(each.substring(0, equals).strip()),
                    each.substring(equals + 1, colon),
                    each.substring(colon + 1).strip()));
        }
        return pools;
    }

    private static DomainType domainType(String text) {
        return Arrays.stream(DomainType.values())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "LPM_DOMAIN_TYPE must be pvh or pv, found " + text + "; correct it."));
    }

    private static Optional<String> given(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    private static String needed(Map<String, String> env, String name, String meaning) {
        return given(env, name)
                .orElseThrow(() -> new IllegalArgumentException("With a libvirt URI in LPM_HYPERVISOR, " + name
                        + " must be set to " + meaning + "; it is not set."));
    }
}
