package lpm.scheduler.drain;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.DrainEvent;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.scheduler.drain.DrainState.Ended;
import lpm.scheduler.drain.DrainState.Running;
import lpm.scheduler.drain.DrainState.Unknown;

/** One row for each drain. */
public final class DrainView implements View<DrainEvent, DrainState> {
    @Override
    public List<String> tables() {
        return List.of(DrainRow.TABLE);
    }

    @Override
    public void project(Envelope<DrainEvent> event, DrainState after, Rows rows) {
        switch (after) {
            case Unknown _ -> throw new IllegalStateException("an event of a drain that nobody asked for");
            case Running it ->
                put(
                        rows,
                        new DrainRow(
                                it.drain(),
                                it.host().value(),
                                DrainRow.RUNNING,
                                it.maxParallel(),
                                List.copyOf(it.moving()),
                                List.copyOf(it.waiting().keySet()),
                                it.gone().size()));
            case Ended it ->
                put(
                        rows,
                        new DrainRow(
                                it.drain(),
                                it.host().value(),
                                it.completed() ? "completed" : "cancelled",
                                0,
                                List.of(),
                                List.of(),
                                it.moved()));
        }
    }

    private static void put(Rows rows, DrainRow row) {
        rows.put(DrainRow.TABLE, String.valueOf(row.id()), row);
    }
}
