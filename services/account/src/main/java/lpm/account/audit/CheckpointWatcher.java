package lpm.account.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import lpm.account.audit.AuditView.Newest;
import lpm.account.audit.AuditView.Row;
import lpm.account.audit.CheckpointCommand.TakeCheckpoint;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.Lookup;
import lpm.platform.Watcher;

/** Signs what the audit holds, whenever something has happened but a checkpoint, which is a row of the audit too. */
public final class CheckpointWatcher implements Watcher {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final String CHECKPOINTED = MessageTypes.nameOf(AuditCheckpointed.class);

    private final CheckpointKey key;

    public CheckpointWatcher(CheckpointKey key) {
        this.key = key;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void hear(Envelope<?> telemetry) {
        // no host's telemetry tells of the audit
    }

    @Override
    public List<Command> look(Instant now, Lookup rows) {
        Newest newest = AuditTrail.newest(rows);
        String hash = newest.hash();
        if (hash == null) {
            return List.of();
        }
        boolean more = LongStream.rangeClosed(CheckpointView.newest(rows) + 1, newest.position())
                .mapToObj(position -> rows.get(AuditView.TABLE, AuditTrail.id(position), Row.class))
                .anyMatch(
                        row -> row.filter(it -> it.type().equals(CHECKPOINTED)).isEmpty());
        return more
                ? List.of(new TakeCheckpoint(newest.position(), hash, key.sign(newest.position(), hash)))
                : List.of();
    }
}
