package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** A migration job, open at its source until its reply. */
final class SimCopy {
    final MigrationId migration;
    final LinodeId linode;
    final HostId source;
    final HostId target;
    /** The owner epoch that its copy carries. */
    long nextEpoch;

    CopyPhase phase = CopyPhase.prepare;
    int round;
    /** What the running phase sends. */
    double volumeMib;

    double sentMib;
    double mibPerSecond;
    Instant phaseStartedAt;
    /** When the job goes on by itself; empty while it hangs. */
    Optional<Instant> dueAt = Optional.empty();
    /** Why nothing arrives at the other end any more. */
    Optional<String> broken = Optional.empty();
    /** The source has resumed by itself; only the error is still to come. */
    boolean sourceWoken;
    /** What to answer when it fails. */
    Optional<String> failing = Optional.empty();

    @JsonCreator
    SimCopy(
            @JsonProperty("migration") MigrationId migration,
            @JsonProperty("linode") LinodeId linode,
            @JsonProperty("source") HostId source,
            @JsonProperty("target") HostId target,
            @JsonProperty("phaseStartedAt") Instant phaseStartedAt) {
        this.migration = migration;
        this.linode = linode;
        this.source = source;
        this.target = target;
        this.phaseStartedAt = phaseStartedAt;
    }
}
