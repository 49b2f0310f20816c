package lpm.hostagent.simulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;
import lpm.platform.time.SteadyClock;

/**
 * All simulated hosts in one process: one socket per host and one to control them. What happens is kept on disk, so a
 * kill of this process is no power-off of its hosts.
 */
public final class SimulatedXenMain {
    private static final Path MACHINE_BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private SimulatedXenMain() {}

    /** Settings come from the environment: see {@link Settings}. */
    public static void main(String[] args) throws InterruptedException, IOException {
        Settings settings = Settings.of(System.getenv());
        Files.createDirectories(settings.data());
        Files.createDirectories(settings.sockets());
        ModelFile file = new ModelFile(settings.data().resolve("model.log"));
        Instant wall = Instant.now();
        Instant start = file.lastChange().filter(wall::isBefore).orElse(wall);
        InstantSource clock = new SteadyClock(start);
        SimulatedXen model = load(settings, file, start);
        ModelThread thread = new ModelThread(model, clock);
        List<RpcServer> servers = serve(settings, model, thread);
        System.out.println("READY " + servers.size() + " sockets in " + settings.sockets());
        thread.runForEver();
    }

    private static SimulatedXen load(Settings settings, ModelFile file, Instant start) throws IOException {
        Instant last = file.lastChange().orElse(start);
        Duration away = Duration.between(last, start);
        // Jobs and shutdowns go on from when they were left; time then catches up.
        ModelState state = new ModelState(new ModelTime(last), file);
        file.restoreInto(state, away);
        SimulatedXen model = new SimulatedXen(settings.seed(), state);
        String boot =
                Files.exists(MACHINE_BOOT) ? Files.readString(MACHINE_BOOT).strip() : "unknown";
        if (file.isOtherBoot(boot)) {
            state.hosts().forEach(each -> model.powerCycle(each.id));
        }
        file.runsOn(last, boot);
        model.goOn();
        model.advanceTo(start);
        settings.hosts()
                .forEach((host, region) ->
                        model.addHost(host, region, settings.capacity(), settings.linkMibPerSecond()));
        return model;
    }

    private static List<RpcServer> serve(Settings settings, SimulatedXen model, ModelThread thread) {
        List<RpcServer> servers = new java.util.ArrayList<>();
        servers.add(new RpcServer(settings.sockets().resolve("control.sock"), thread, Map.of(XenControl.class, model)));
        settings.hosts()
                .keySet()
                .forEach(host -> servers.add(new RpcServer(
                        settings.sockets().resolve(host + ".sock"),
                        thread,
                        Map.of(
                                Hypervisor.class, model.hypervisor(host),
                                DiskStore.class, model.disks(host),
                                PoolLease.class, model.lease(host)))));
        return servers;
    }

    /**
     * What the process is told.
     *
     * @param data where the model is kept ({@code LPM_DATA})
     * @param sockets where the sockets are ({@code LPM_SOCKETS}, otherwise the data folder)
     * @param hosts {@code LPM_HOSTS}, such as {@code h1,h2,h3@eu-west}; without a region that of {@code LPM_REGION}
     * @param capacity of each host ({@code LPM_VCPUS}, {@code LPM_MEMORY_MIB})
     * @param linkMibPerSecond what each host's migration link carries ({@code LPM_LINK_MIB_PER_SECOND})
     * @param seed decides the guests' load ({@code LPM_SEED})
     */
    record Settings(
            Path data,
            Path sockets,
            Map<HostId, Region> hosts,
            Resources capacity,
            double linkMibPerSecond,
            long seed) {

        static Settings of(Map<String, String> env) {
            String data = needed(env, "LPM_DATA");
            Map<HostId, Region> hosts = new java.util.LinkedHashMap<>();
            for (String each : needed(env, "LPM_HOSTS").split(",")) {
                String[] parts = each.strip().split("@");
                String region = parts.length > 1 ? parts[1] : env.getOrDefault("LPM_REGION", "us-east");
                hosts.put(HostId.of(parts[0]), Region.of(region));
            }
            return new Settings(
                    Path.of(data),
                    Path.of(env.getOrDefault("LPM_SOCKETS", data)),
                    hosts,
                    new Resources(
                            Integer.parseInt(env.getOrDefault("LPM_VCPUS", "16")),
                            Long.parseLong(env.getOrDefault("LPM_MEMORY_MIB", "16384"))),
                    Double.parseDouble(env.getOrDefault("LPM_LINK_MIB_PER_SECOND", "1000")),
                    Long.parseLong(env.getOrDefault("LPM_SEED", "1")));
        }

        private static String needed(Map<String, String> env, String name) {
            String value = env.get(name);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(name + " is not set");
            }
            return value;
        }
    }
}
