package lpm.hostagent;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.hostagent.disks.pools.PoolsConfig;

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
 * @param linkMibPerSecond {@code LPM_LINK_MIB_PER_SECOND}, what the migration link is taken to carry before it was seen
 */
record XenConfig(
        String uri,
        String address,
        List<String> dom0,
        PoolsConfig pools,
        Path images,
        String watchdog,
        String bridge,
        DomainType domainType,
        String kernels,
        double linkMibPerSecond) {
    private static final String DEFAULT_BRIDGE = "br0";
    private static final String DEFAULT_KERNELS = "/usr/lib/lpm/kernels";
    private static final String DEFAULT_IMAGES = "/var/lib/lpm/images";
    private static final String DEFAULT_LINK = "110";

    XenConfig {
        dom0 = List.copyOf(dom0);
    }

    private static double linkMibPerSecond(String text) {
        double number = text.matches("[0-9]{1,6}(\\.[0-9]+)?") ? Double.parseDouble(text) : 0;
        if (number <= 0) {
            throw new IllegalArgumentException(
                    "LPM_LINK_MIB_PER_SECOND must be a number above 0, found " + text + "; correct it.");
        }
        return number;
    }

    /** How guests are virtualised. */
    enum DomainType {
        pvh,
        pv
    }

    static XenConfig of(String uri, Map<String, String> env) {
        return new XenConfig(
                uri,
                needed(env, "LPM_ADDRESS", "the host's address in the migration network, such as 192.0.2.1"),
                List.of(needed(env, "LPM_DOM0", "the command that serves dom0, such as /usr/sbin/lpm-dom0")
                        .strip()
                        .split("\\s+")),
                PoolsConfig.parse(needed(env, "LPM_POOLS", "a list such as pool-us-east=rbd:/etc/ceph/ceph.conf:rbd")),
                Path.of(given(env, "LPM_IMAGES").orElse(DEFAULT_IMAGES)),
                needed(env, "LPM_WATCHDOG", "a watchdog outside dom0, such as /dev/watchdog"),
                given(env, "LPM_BRIDGE").orElse(DEFAULT_BRIDGE),
                domainType(given(env, "LPM_DOMAIN_TYPE").orElse(DomainType.pvh.name())),
                given(env, "LPM_KERNELS").orElse(DEFAULT_KERNELS),
                linkMibPerSecond(given(env, "LPM_LINK_MIB_PER_SECOND").orElse(DEFAULT_LINK)));
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
