package lpm.platform.toy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.AccountId;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;

/** Never lets a total pass its limit. */
public final class CounterDecider implements Decider<CounterCommand, CounterState, CounterEvent> {
    @Override
    public CounterState initial() {
        return new CounterState.None();
    }

    @Override
    public Decision<CounterEvent> decide(CounterCommand command, CounterState state) {
        return switch (command) {
            case CounterCommand.Open open ->
                state instanceof CounterState.None
                        ? Decision.accept(new CounterEvent.Opened(open.counter(), open.max()))
                        : Decision.accept();
            case CounterCommand.Add add -> add(add.counter(), add.amount(), state);
            case CounterCommand.NoteHeard heard -> add(heard.counter(), heard.number(), state);
            case CounterCommand.Explode _ -> throw new IllegalStateException("told to explode");
        };
    }

    private static Decision<CounterEvent> add(String counter, long amount, CounterState state) {
        return switch (state) {
            case CounterState.None _ -> Decision.reject("counter", "not open");
            case CounterState.Counting counting ->
                counting.total() + amount > counting.max()
                        ? Decision.reject("full")
                        : Decision.accept(new CounterEvent.Added(counter, amount));
        };
    }

    @Override
    public CounterState evolve(CounterState state, CounterEvent event) {
        return switch (event) {
            case CounterEvent.Opened opened -> new CounterState.Counting(opened.max(), 0, Optional.empty(), List.of());
            case CounterEvent.Added added -> {
                CounterState.Counting counting = (CounterState.Counting) state;
                yield new CounterState.Counting(
                        counting.max(),
                        counting.total() + added.amount(),
                        Optional.of(added.amount()),
                        Stream.concat(counting.amounts().stream(), Stream.of(added.amount()))
                                .toList());
            }
        };
    }

    @Override
    public Scope scope(CounterState state) {
        return Scope.of(new AccountId(7));
    }
}
