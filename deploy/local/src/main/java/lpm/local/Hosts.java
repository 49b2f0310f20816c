package lpm.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The hosts of a local cloud: what runs in the place of their hardware, and what others must know of them. */
public interface Hosts {
    /** Names of the hosts; one agent is started for each. A host that was there once is there again. */
    List<String> ids();

    /** What is started before the agents and must be ready with them, in this order; each is kept alive. */
    List<Child.Spec> machines();

    /** What the agent of a host is told beyond who it is and where Kafka is: at least {@code LPM_HYPERVISOR}. */
    Map<String, String> agentSettings(String host);

    /** What a service is told beside its own settings, such as {@code LPM_POOLS} for storage. */
    default Map<String, String> serviceSettings(String service) {
        return Map.of();
    }

    /** Makes the hosts of one cloud, once its folder is locked and nothing of its last life runs any more. */
    @FunctionalInterface
    interface Maker {
        Hosts make(Place place);
    }

    /**
     * Where a cloud's hosts come into being.
     *
     * @param home the repository, with everything built
     * @param dir the cloud's folder
     * @param ports the cloud's ports
     * @param asked how many hosts are asked for
     */
    record Place(Path home, DataDir dir, Ports ports, int asked, Progress progress) {}
}
