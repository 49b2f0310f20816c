package lpm.storage.disk;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.storage.disk.DiskState.Disk;

/** One row for each disk: whose it is, and how much of which pool it takes. */
final class DiskView implements View<DiskEvent, DiskState> {
    static final String TABLE = "disk_view";

    /** One disk. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Row(long id, long linode, String pool, long sizeMib, String phase) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void project(Envelope<DiskEvent> event, DiskState after, Rows rows) {
        long linode = event.data().linode().value();
        for (Disk disk : after.disks()) {
            Row row = new Row(
                    disk.id().value(),
                    linode,
                    disk.pool().value(),
                    disk.sizeMib(),
                    disk.phase().name());
            rows.put(TABLE, disk.id().toString(), row);
        }
        if (event.data() instanceof DiskScrubbed scrubbed) {
            rows.delete(TABLE, scrubbed.disk().toString());
        }
    }
}
