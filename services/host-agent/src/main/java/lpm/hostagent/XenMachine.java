package lpm.hostagent;

import java.net.URI;
import java.util.concurrent.Executor;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.hostagent.disks.pools.OpenPools;
import lpm.hostagent.disks.pools.PoolSetting;
import lpm.hostagent.hypervisor.xen.Watchdog;
import lpm.hostagent.hypervisor.xen.XenHypervisor;
import lpm.hostagent.hypervisor.xen.XenSettings;
import lpm.hostagent.probe.PingProbe;
import lpm.hostagent.steps.Machine;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a real Xen host: libvirt, dom0 and the pools it reaches.
 *
 * @param pools how the pools are, and the threads that look after them
 */
record XenMachine(Machine machine, OpenPools pools) {
    /**
     * The ports that these settings describe.
     *
     * @param steps where calls that may last are made
     * @throws IllegalStateException with one sentence when a native library is missing
     */
    static XenMachine of(HostId host, XenConfig config, Executor steps) {
        XenSettings settings = new XenSettings(
                host,
                URI.create(config.uri()),
                config.address(),
                config.dom0(),
                config.pools().ids(),
                config.domainType().name(),
                config.kernels(),
                config.bridge(),
                config.linkMibPerSecond());
        OpenPools pools =
                new OpenPools(config.pools(), host, config.address(), config.images(), new Dom0Devices(config.dom0()));
        XenHypervisor hypervisor =
                new XenHypervisor(settings, device -> path(config, device), Watchdog.of(config.watchdog()), steps);
        return new XenMachine(new Machine(hypervisor, pools.disks(), pools.lease(), new PingProbe(), steps), pools);
    }

    private static String path(XenConfig config, BlockDevice device) {
        @Nullable PoolSetting setting = config.pools().pools().get(device.pool());
        if (setting == null) {
            throw new IllegalArgumentException("device " + device + " lies in a pool that LPM_POOLS does not name");
        }
        return "/dev/lpm/" + setting.dom0Name(device.pool()) + "/" + device.image();
    }
}
