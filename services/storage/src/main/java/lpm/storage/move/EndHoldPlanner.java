package lpm.storage.move;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.VolumeId;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.volume.VolumeCommand;

/** Lets the volumes of a move go. */
final class EndHoldPlanner implements Planner<EndHold> {
    @Override
    public Class<EndHold> question() {
        return EndHold.class;
    }

    @Override
    public List<List<Command>> plan(EndHold question, Lookup rows) {
        List<Command> release = rows
                .get(MoveView.TABLE, question.migration().toString(), MoveView.Row.class)
                .map(MoveView.Row::volumes)
                .orElse(List.of())
                .stream()
                .<Command>map(volume -> new VolumeCommand.Release(VolumeId.of(volume), question.migration()))
                .toList();
        return release.isEmpty() ? List.of() : List.of(release);
    }
}
