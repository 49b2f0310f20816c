package lpm.storage.disk;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.platform.Lookup;
import lpm.platform.Planner;

/** Finds the Linode of a disk. */
final class RelateDiskPlanner implements Planner<RelateDisk> {
    @Override
    public Class<RelateDisk> question() {
        return RelateDisk.class;
    }

    @Override
    public List<List<Command>> plan(RelateDisk question, Lookup rows) {
        return rows.get(DiskView.TABLE, question.disk().toString(), DiskView.Row.class)
                .map(row -> List.of(List.of(note(question, LinodeId.of(row.linode())))))
                .orElse(List.of());
    }

    private static Command note(RelateDisk question, LinodeId linode) {
        return switch (question.fact()) {
            case scrubbed -> new DiskCommand.NoteScrubbed(linode, question.disk());
            case resized -> new DiskCommand.NoteResized(linode, question.disk(), question.sizeMib());
            case resizeFailed ->
                new DiskCommand.NoteResizeFailed(linode, question.disk(), question.by(), question.reason());
        };
    }
}
