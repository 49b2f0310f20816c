package lpm.storage.volume;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.contracts.storage.VolumeEvent.VolumeWorkOrdered;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.ApiTime;
import lpm.storage.volume.VolumeState.Active;
import lpm.storage.volume.VolumeState.Attachment;
import lpm.storage.volume.VolumeState.Creating;
import lpm.storage.volume.VolumeState.Deleting;
import lpm.storage.volume.VolumeState.Gone;
import lpm.storage.volume.VolumeState.None;
import lpm.storage.volume.VolumeState.Resizing;
import lpm.storage.volume.VolumeState.Traits;

/** One row for each volume that is there. */
final class VolumeView implements View<VolumeEvent, VolumeState> {
    static final String TABLE = "volume_view";
    static final String DELETING = "deleting";

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void project(Envelope<VolumeEvent> event, VolumeState after, Rows rows) {
        String id = event.data().volume().toString();
        Optional<VolumeRow> before = rows.get(TABLE, id, VolumeRow.class);
        String now = ApiTime.of(event.occurredAt());
        Stamp stamp = new Stamp(before.map(VolumeRow::created).orElse(now), now, host(event.data(), before));
        switch (after) {
            case None _ -> throw new IllegalStateException("no volume after " + event);
            case Creating it -> rows.put(TABLE, id, row(it.traits(), "creating", it.attachTo(), false, stamp));
            case Active it -> rows.put(TABLE, id, row(it.traits(), "active", it.attachment(), stamp));
            case Resizing it ->
                rows.put(TABLE, id, row(it.traits().sized(it.newSizeGib()), "resizing", it.attachment(), stamp));
            case Deleting it -> rows.put(TABLE, id, row(it.traits(), DELETING, Optional.empty(), false, stamp));
            case Gone _ -> rows.delete(TABLE, id);
        }
    }

    /** What a row knows beside the state. */
    private record Stamp(String created, String updated, HostRef host) {}

    private static HostRef host(VolumeEvent event, Optional<VolumeRow> before) {
        return switch (event) {
            case VolumeCreated it -> it.at();
            case VolumeWorkOrdered it -> it.at();
            default ->
                before.map(row -> new HostRef(lpm.contracts.HostId.of(row.workHost()), row.workHostEpoch()))
                        .orElseThrow(() -> new IllegalStateException("no row before " + event));
        };
    }

    private static VolumeRow row(Traits it, String status, Attachment attachment, Stamp stamp) {
        boolean ready = attachment instanceof Attachment.Attached || attachment instanceof Attachment.Detached;
        return row(it, status, attachment.at(), ready, stamp);
    }

    private static VolumeRow row(Traits it, String status, Optional<LinodeId> linode, boolean ioReady, Stamp stamp) {
        return new VolumeRow(
                it.volume().value(),
                it.account().value(),
                status,
                it.label(),
                it.sizeGib(),
                linode.map(LinodeId::value),
                ioReady,
                it.region().value(),
                it.tags(),
                stamp.created(),
                stamp.updated(),
                it.pool().value(),
                it.sizeGib() * VolumeState.MIB_PER_GIB,
                stamp.host().host().value(),
                stamp.host().hostEpoch());
    }
}
