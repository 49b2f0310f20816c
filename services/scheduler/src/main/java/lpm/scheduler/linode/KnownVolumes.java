package lpm.scheduler.linode;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import lpm.contracts.Envelope;
import lpm.contracts.VolumeId;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.*;
import lpm.platform.KnownView;
import lpm.platform.Rows;

/** The volumes storage told of, for the list of a Linode's volumes. */
public final class KnownVolumes implements KnownView {
    public static final String VOLUMES = "known_volume_view";

    /** A volume; {@code linodeId} is 0 while it is detached. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Row(
            long id,
            long account,
            String label,
            String status,
            String region,
            long size,
            long linodeId,
            List<String> tags,
            Instant created,
            Instant updated) {
        public Row {
            tags = List.copyOf(tags);
        }

        Row at(long linode) {
            return new Row(id, account, label, status, region, size, linode, tags, created, updated);
        }

        Row in(String newStatus) {
            return new Row(id, account, label, newStatus, region, size, linodeId, tags, created, updated);
        }

        Row sized(long sizeGib, String newStatus) {
            return new Row(id, account, label, newStatus, region, sizeGib, linodeId, tags, created, updated);
        }

        Row named(String newLabel, List<String> newTags) {
            return new Row(id, account, newLabel, status, region, size, linodeId, newTags, created, updated);
        }

        Row changed(Instant when) {
            return new Row(id, account, label, status, region, size, linodeId, tags, created, when);
        }
    }

    @Override
    public List<String> tables() {
        return List.of(VOLUMES);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        if (!(foreign.data() instanceof VolumeEvent event)) {
            return;
        }
        Instant now = foreign.occurredAt().truncatedTo(ChronoUnit.SECONDS);
        switch (event) {
            case VolumeCreated e -> rows.put(VOLUMES, e.volume().toString(), row(e, now));
            case VolumeReady e -> change(rows, e.volume(), now, row -> row.in("active"));
            case VolumeUpdated e -> change(rows, e.volume(), now, row -> row.named(e.label(), e.tags()));
            case VolumeAttachRequested e ->
                change(rows, e.volume(), now, row -> row.at(e.linode().value()));
            case VolumeAttachFailed e -> change(rows, e.volume(), now, row -> row.at(0));
            case VolumeDetached e -> change(rows, e.volume(), now, row -> row.at(0));
            case VolumeResizeRequested e -> change(rows, e.volume(), now, row -> row.sized(e.newSizeGib(), "resizing"));
            case VolumeResized e -> change(rows, e.volume(), now, row -> row.sized(e.newSizeGib(), "active"));
            case VolumeResizeFailed e -> change(rows, e.volume(), now, row -> row.sized(e.sizeGib(), "active"));
            case VolumeCreateFailed e -> rows.delete(VOLUMES, e.volume().toString());
            case VolumeDeleted e -> rows.delete(VOLUMES, e.volume().toString());
            case VolumeEvent _ -> {
                // nothing that a Linode's list shows
            }
        }
    }

    private static Row row(VolumeCreated e, Instant now) {
        return new Row(
                e.volume().value(),
                e.account().value(),
                e.label(),
                "creating",
                e.region().value(),
                e.sizeGib(),
                0,
                e.tags(),
                now,
                now);
    }

    private static void change(Rows rows, VolumeId volume, Instant now, UnaryOperator<Row> change) {
        rows.get(VOLUMES, volume.toString(), Row.class)
                .ifPresent(row ->
                        rows.put(VOLUMES, volume.toString(), change.apply(row).changed(now)));
    }
}
