package lpm.storage.volume;

import lpm.contracts.Command;
import lpm.contracts.VolumeId;

/** A question for {@link RecheckVolumePlanner}: a host has had its time; who is asked now? */
public record RecheckVolume(VolumeId volume, long asked) implements Command {
    @Override
    public String aggregateId() {
        return volume.aggregateId();
    }
}
