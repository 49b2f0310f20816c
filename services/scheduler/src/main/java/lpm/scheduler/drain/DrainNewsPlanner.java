package lpm.scheduler.drain;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.drain.DrainCommand.NoteLeft;
import lpm.scheduler.drain.DrainCommand.NoteStayed;
import lpm.scheduler.host.HostRow;

/** Finds the drain of a host that something happened on; most hosts have none. */
public final class DrainNewsPlanner implements Planner<DrainNews> {
    @Override
    public Class<DrainNews> question() {
        return DrainNews.class;
    }

    @Override
    public List<List<Command>> plan(DrainNews question, Lookup rows) {
        Optional<DrainRow> drain = rows.get(HostRow.TABLE, question.host().value(), HostRow.class)
                .flatMap(host -> Optional.ofNullable(host.drain()))
                .flatMap(id -> DrainRow.running(id, rows));
        return drain.map(each -> List.of(List.of(noted(each, question)))).orElse(List.of());
    }

    private static Command noted(DrainRow drain, DrainNews news) {
        return news.stayed()
                .<Command>map(reason -> new NoteStayed(drain.id(), news.linode(), reason))
                .orElseGet(() -> new NoteLeft(drain.id(), news.linode()));
    }
}
