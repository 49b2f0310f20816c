package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;

/** A domain of the model, with the metadata that is kept with it. */
final class SimDomain {
    final HostId host;
    final LinodeId linode;
    final BootSpec spec;
    State state = State.running;
    long ownerEpoch;
    Optional<MigrationId> migration = Optional.empty();
    /** The incoming copy is not complete yet. */
    boolean receiving;
    /** Awaited from another host: memory is held, nothing is there yet. */
    boolean awaited;

    Optional<String> startedBy = Optional.empty();
    Optional<Cause> stopped = Optional.empty();
    Optional<Instant> stopAt = Optional.empty();
    Optional<Instant> suspendedAt = Optional.empty();
    long pausedMillis;
    List<BlockDevice> devices;

    @JsonCreator
    SimDomain(
            @JsonProperty("host") HostId host,
            @JsonProperty("linode") LinodeId linode,
            @JsonProperty("spec") BootSpec spec) {
        this.host = host;
        this.linode = linode;
        this.spec = spec;
        this.devices = new ArrayList<>(spec.devices());
    }

    /** Whether it takes memory of its host. */
    boolean takesMemory() {
        return state != State.off;
    }
}
