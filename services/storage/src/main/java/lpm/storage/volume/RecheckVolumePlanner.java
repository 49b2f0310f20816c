package lpm.storage.volume;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.pool.Pools;

/** Chooses a live host of the volume's region; where there is none, the last one stays asked. */
final class RecheckVolumePlanner implements Planner<RecheckVolume> {
    @Override
    public Class<RecheckVolume> question() {
        return RecheckVolume.class;
    }

    @Override
    public List<List<Command>> plan(RecheckVolume question, Lookup rows) {
        Optional<VolumeRow> found = rows.get(VolumeView.TABLE, question.volume().toString(), VolumeRow.class);
        return found.map(row -> List.of(List.<Command>of(
                        new VolumeCommand.AskAgain(question.volume(), question.asked(), next(row, question, rows)))))
                .orElse(List.of());
    }

    private static HostRef next(VolumeRow row, RecheckVolume question, Lookup rows) {
        HostRef last = new HostRef(HostId.of(row.workHost()), row.workHostEpoch());
        long turn = question.volume().value() + question.asked();
        return Pools.worker(Region.of(row.region()), PoolId.of(row.pool()), turn, rows)
                .orElse(last);
    }
}
