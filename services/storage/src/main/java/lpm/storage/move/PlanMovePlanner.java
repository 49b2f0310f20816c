package lpm.storage.move;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.VolumeId;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.volume.VolumeCommand;

/** Holds all of a Linode's volumes together with the order to connect them, or else refuses the move. */
final class PlanMovePlanner implements Planner<PlanMove> {
    @Override
    public Class<PlanMove> question() {
        return PlanMove.class;
    }

    @Override
    public List<List<Command>> plan(PlanMove it, Lookup rows) {
        List<Command> hold = new ArrayList<>();
        hold.add(new MoveCommand.Request(it.migration(), it.linode(), it.source(), it.target(), it.devices()));
        it.devices().stream()
                .filter(device -> device.kind() == BlockDevice.Kind.volume)
                .forEach(device -> hold.add(new VolumeCommand.Hold(VolumeId.of(device.id()), it.migration())));
        Command refuse = new MoveCommand.Refuse(it.migration(), it.linode(), "a volume of the Linode is being changed");
        return List.of(hold, List.of(refuse));
    }
}
