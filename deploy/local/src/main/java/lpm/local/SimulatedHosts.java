package lpm.local;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lpm.local.jvm.Program;

/** Hosts whose hypervisors, links, watchdogs and power switches are one process that models them all. */
public final class SimulatedHosts implements Hosts {
    static final String SIMULATED_XEN = "simulated-xen";

    private final Place place;
    private final List<String> ids;

    private SimulatedHosts(Place place, int count) {
        this.place = place;
        this.ids = IntStream.rangeClosed(1, count).mapToObj(i -> "h" + i).toList();
    }

    /** As many as are asked for, or as many as there were. */
    public static SimulatedHosts in(Place place) {
        int count = place.ports().hosts(place.asked());
        if (count > place.asked()) {
            place.progress().say("This folder has %d hosts already; all of them are started", count);
        }
        return new SimulatedHosts(place, count);
    }

    @Override
    public List<String> ids() {
        return ids;
    }

    @Override
    public List<Child.Spec> machines() {
        Map<String, String> settings = Map.of(
                "LPM_DATA", place.dir().of(SIMULATED_XEN).toString(),
                "LPM_SOCKETS", sockets().toString(),
                "LPM_HOSTS", String.join(",", ids),
                "LPM_REGION", LocalCloud.REGION);
        Program program = new Built(place.home()).simulatedXen();
        return List.of(Programs.process(SIMULATED_XEN, Programs.AGENT_HEAP, program, settings, () -> ids.stream()
                .allMatch(host -> listens(socket(host)))));
    }

    @Override
    public Map<String, String> agentSettings(String host) {
        return Map.of("LPM_HYPERVISOR", "simulated:" + socket(host));
    }

    private Path sockets() {
        return place.dir().of("sockets");
    }

    private Path socket(String host) {
        return sockets().resolve(host + ".sock");
    }

    /** A socket's file outlives its process: only a connection tells. */
    private static boolean listens(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
