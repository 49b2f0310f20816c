package lpm.storage.move;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Envelope;
import lpm.contracts.storage.MoveEvent;
import lpm.contracts.storage.MoveEvent.MoveRequested;
import lpm.platform.Rows;
import lpm.platform.View;

/** Which volumes each move holds or held. */
final class MoveView implements View<MoveEvent, MoveState> {
    static final String TABLE = "move_view";

    /** One move. */
    record Row(long migration, long linode, List<Long> volumes) {
        Row {
            volumes = List.copyOf(volumes);
        }
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void project(Envelope<MoveEvent> event, MoveState after, Rows rows) {
        if (event.data() instanceof MoveRequested it) {
            List<Long> volumes = it.devices().stream()
                    .filter(device -> device.kind() == BlockDevice.Kind.volume)
                    .map(BlockDevice::id)
                    .toList();
            Row row = new Row(it.migration().value(), it.linode().value(), volumes);
            rows.put(TABLE, it.migration().toString(), row);
        }
    }
}
