package lpm.platform;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import lpm.contracts.Command;

/** Where commands go in: decides them and stores what happened. */
public interface Commands {
    /** For units that no rows belong to. */
    Consumer<Rows> NOTHING_BESIDE = _ -> {};

    /**
     * Decides commands in order, in one transaction: all are accepted, or nothing happens. A question for a
     * {@link Planner} must stand alone. Conflicts with other writers are retried here.
     */
    default Outcome send(Request request, List<? extends Command> unit) {
        return send(request, unit, NOTHING_BESIDE);
    }

    /**
     * The same; when the unit is accepted, rows that no event may tell are written in its transaction. {@code beside}
     * may be called again for another try.
     */
    Outcome send(Request request, List<? extends Command> unit, Consumer<Rows> beside);

    /** What became of a unit. */
    sealed interface Outcome {
        /** Stored. */
        record Accepted(List<Decided> decided) implements Outcome {
            public Accepted {
                decided = List.copyOf(decided);
            }

            /** The state of one aggregate afterwards. */
            public <S> S state(String aggregateId, Class<S> type) {
                return decided.reversed().stream()
                        .filter(each -> each.aggregateId().equals(aggregateId))
                        .map(each -> type.cast(each.state()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing was decided about " + aggregateId));
            }
        }

        /** Nothing happened. */
        record Rejected(Refusal refusal) implements Outcome {}
    }

    /** One decided command: the aggregate's state afterwards, its version, and the ids of the new events. */
    record Decided(String aggregateId, long version, Object state, List<UUID> events) {
        public Decided {
            events = List.copyOf(events);
        }
    }
}
