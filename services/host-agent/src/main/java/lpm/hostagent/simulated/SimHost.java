package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/** A host of the model: its power switch, its watchdog and what is cut off from it. */
final class SimHost {
    final HostId id;
    final Region region;
    final Resources capacity;
    final double linkMibPerSecond;
    boolean powered = true;
    String bootId = "";
    /** When the last acknowledged renewal was sent; the watchdog is armed by the first one. */
    Optional<Instant> renewedAt = Optional.empty();
    /** The watchdog has paused every domain. */
    boolean frozen;

    boolean poolCut;
    Set<String> linksCut = new TreeSet<>();

    @JsonCreator
    SimHost(
            @JsonProperty("id") HostId id,
            @JsonProperty("region") Region region,
            @JsonProperty("capacity") Resources capacity,
            @JsonProperty("linkMibPerSecond") double linkMibPerSecond) {
        this.id = id;
        this.region = region;
        this.capacity = capacity;
        this.linkMibPerSecond = linkMibPerSecond;
    }
}
