package lpm.migration.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.MigrationId;
import lpm.contracts.host.Telemetry.CopyProgress;
import lpm.platform.Lookup;
import lpm.platform.Watcher;

/**
 * How far each copy is: soft state, shown and never decided on. After a restart nothing is known of a copy until
 * its host's next estimate.
 */
public final class CopyWatcher implements Watcher {
    /** An estimate nobody renewed for so long is forgotten. */
    static final Duration FORGET_AFTER = Duration.ofMinutes(2);

    private final ConcurrentMap<MigrationId, Heard> newest = new ConcurrentHashMap<>();

    private record Heard(CopyProgress progress, Instant at) {}

    /** The newest estimate of a copy. */
    Optional<CopyProgress> progress(MigrationId migration) {
        return Optional.ofNullable(newest.get(migration)).map(Heard::progress);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void hear(Envelope<?> telemetry) {
        if (telemetry.data() instanceof CopyProgress progress) {
            newest.put(progress.migration(), new Heard(progress, telemetry.occurredAt()));
        }
    }

    @Override
    public List<Command> look(Instant now, Lookup rows) {
        newest.values().removeIf(heard -> heard.at().plus(FORGET_AFTER).isBefore(now));
        return List.of();
    }
}
