package lpm.storage.disk;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lpm.contracts.Envelope;
import lpm.contracts.storage.DiskEvent;
import lpm.platform.Query;
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
        Set<Long> there = new HashSet<>();
        for (Disk disk : after.disks()) {
            there.add(disk.id().value());
            Row row = new Row(
                    disk.id().value(),
                    linode,
                    disk.pool().value(),
                    disk.sizeMib(),
                    disk.phase().name());
            rows.put(TABLE, disk.id().toString(), row);
        }
        rows.find(TABLE, Query.where("linode", linode), Row.class).stream()
                .filter(row -> !there.contains(row.id()))
                .forEach(row -> rows.delete(TABLE, String.valueOf(row.id())));
    }
}
