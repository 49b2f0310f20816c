package lpm.scheduler.recovery;

import java.util.List;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.scheduler.RecoveryEvent.LinodesCalled;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryCompleted;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryStarted;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.scheduler.recovery.RecoveryCommand.CallNext;
import lpm.scheduler.recovery.RecoveryCommand.StartRecovery;
import lpm.scheduler.recovery.RecoveryState.Completed;
import lpm.scheduler.recovery.RecoveryState.Running;
import lpm.scheduler.recovery.RecoveryState.Unknown;

/** Tells the Linodes of a lost host so, some at a time: one event may not cause more commands than a batch. */
public final class RecoveryDecider implements Decider<RecoveryCommand, RecoveryState, RecoveryEvent> {
    /** Linodes told in one step. */
    static final int BATCH = 32;

    @Override
    public RecoveryState initial() {
        return new Unknown();
    }

    @Override
    public Decision<RecoveryEvent> decide(RecoveryCommand command, RecoveryState state) {
        return switch (command) {
            case StartRecovery start
            when state instanceof Unknown && !start.linodes().isEmpty() ->
                Decision.accept(new RecoveryStarted(start.lost(), start.linodes(), start.fenced()));
            case StartRecovery _ -> Decision.accept();
            case CallNext next
            when state instanceof Running it && it.remaining().size() == next.remaining() -> call(it);
            case CallNext _ -> Decision.accept();
        };
    }

    private static Decision<RecoveryEvent> call(Running it) {
        List<LinodeId> batch =
                it.remaining().subList(0, Math.min(BATCH, it.remaining().size()));
        int left = it.remaining().size() - batch.size();
        LinodesCalled called = new LinodesCalled(it.lost(), batch, left, it.fenced());
        return left > 0
                ? Decision.accept(called)
                : Decision.accept(called, new RecoveryCompleted(it.lost(), it.total()));
    }

    @Override
    public RecoveryState evolve(RecoveryState state, RecoveryEvent event) {
        return switch (event) {
            case RecoveryStarted e ->
                new Running(e.lost(), e.linodes(), e.linodes().size(), e.fenced());
            case LinodesCalled e -> called(state, e);
            case RecoveryCompleted e -> new Completed(e.lost(), e.linodes());
        };
    }

    private static RecoveryState called(RecoveryState state, LinodesCalled event) {
        return switch (state) {
            case Running it ->
                new Running(
                        it.lost(),
                        it.remaining()
                                .subList(event.linodes().size(), it.remaining().size()),
                        it.total(),
                        it.fenced());
            case Unknown _, Completed _ -> throw new IllegalStateException("nobody is to be told in " + state);
        };
    }
}
