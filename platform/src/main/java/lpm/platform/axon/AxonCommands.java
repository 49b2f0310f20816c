package lpm.platform.axon;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lpm.contracts.Command;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Planner;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.StoreUnavailable;
import lpm.platform.json.Messages;
import lpm.platform.ops.Meters;
import lpm.platform.store.SqlFailure;
import lpm.platform.store.Store;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The command side of the runtime: units of commands as transactions, retried as a whole when others were in the way.
 */
public final class AxonCommands implements Commands {
    /** Tries of one unit before its conflict is given back to the caller. */
    public static final int MAX_TRIES = 10;

    /** The longest pause before the second try, in milliseconds; it doubles with each further one. */
    private static final long FIRST_PAUSE_MILLIS = 4;

    private final App app;
    private final Store store;
    private final Rows rows;
    private final Meters meters;
    private final Runnable appended;
    private final CommandBus bus;

    /**
     * @param appended told after each commit, so that the relay wakes at once
     */
    public AxonCommands(App app, Store store, Rows rows, Messages messages, Meters meters, Runnable appended) {
        this.app = app;
        this.store = store;
        this.rows = rows;
        this.meters = meters;
        this.appended = appended;
        ContractSerializer serializer = new ContractSerializer(app, messages);
        EventStore events = EmbeddedEventStore.builder()
                .storageEngine(new StoredEvents(store, serializer, messages))
                .build();
        // the store's transaction is begun and ended here, not by Axon
        bus = SimpleCommandBus.builder().build();
        app.features().forEach(feature -> new DeciderShell<>(feature, events, rows, store::afterCommit).subscribe(bus));
    }

    @Override
    public Outcome send(Request request, List<? extends Command> unit, Consumer<Rows> beside) {
        return retrying(() -> {
            Outcome outcome = decide(request, unit);
            if (outcome instanceof Outcome.Accepted) {
                beside.accept(rows);
            }
            return outcome;
        });
    }

    /** Runs work in one transaction, again from the start when other writers were in the way. */
    public <T> T retrying(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transact(work);
            } catch (RuntimeException e) {
                if (SqlFailure.isAway(e)) {
                    throw e instanceof StoreUnavailable
                            ? e
                            : new StoreUnavailable("the store cannot be reached now", e);
                }
                if (!SqlFailure.isConflict(e) || store.isInTransaction()) {
                    throw e;
                }
                meters.conflict();
                if (attempt == MAX_TRIES) {
                    throw new StoreUnavailable("other writers were in the way " + MAX_TRIES + " times", e);
                }
                pause(attempt);
            }
        }
    }

    /** Decides a unit as part of the open transaction. Rejected means that nothing of this unit remains. */
    public Outcome decide(Request request, List<? extends Command> unit) {
        Optional<Planner<?>> planner = unit.size() == 1 ? planner(unit.getFirst()) : Optional.empty();
        return planner.isPresent()
                ? planner.get().settle(unit.getFirst(), rows, alternative -> decideUnit(request, alternative))
                : decideUnit(request, unit);
    }

    private <T> T transact(Supplier<T> work) {
        if (store.isInTransaction()) {
            return work.get();
        }
        return store.inTransaction(() -> {
            UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(new GenericMessage<>("transaction"));
            T result = within(root, work);
            store.afterCommit(appended);
            return result;
        });
    }

    private static <T> T within(UnitOfWork<?> unit, Supplier<T> work) {
        try {
            T result = work.get();
            if (!unit.isRolledBack()) {
                unit.commit();
            }
            return result;
        } catch (RuntimeException | Error e) {
            if (unit.isActive() && !unit.isRolledBack()) {
                unit.rollback(e);
            }
            throw e;
        }
    }

    private Optional<Planner<?>> planner(Command command) {
        return app.planners().stream()
                .filter(each -> each.question().isInstance(command))
                .<Planner<?>>map(each -> each)
                .findFirst();
    }

    private Outcome decideUnit(Request request, List<? extends Command> unit) {
        if (unit.size() <= 1) {
            // a refused command has written nothing: there is nothing to take back
            return tryUnit(request, unit);
        }
        return store.tentatively(() -> tryUnit(request, unit), outcome -> outcome instanceof Outcome.Accepted);
    }

    private Outcome tryUnit(Request request, List<? extends Command> unit) {
        store.lock(unit.stream().map(Command::aggregateId).toList());
        UnitOfWork<?> nested = DefaultUnitOfWork.startAndGet(new GenericMessage<>("unit"));
        List<Decided> decided = new ArrayList<>();
        return within(nested, () -> {
            for (Command command : unit) {
                switch (dispatch(request, command)) {
                    case DeciderShell.Answer.Done done -> decided.add(done.decided());
                    case DeciderShell.Answer.Refused refused -> {
                        nested.rollback();
                        return new Outcome.Rejected(refused.refusal());
                    }
                }
            }
            return new Outcome.Accepted(decided);
        });
    }

    private DeciderShell.Answer dispatch(Request request, Command command) {
        CommandMessage<Command> message = new GenericCommandMessage<>(
                new GenericMessage<>(command, MetaData.with(Request.class.getName(), request)),
                command.getClass().getName());
        AtomicReference<CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(message, (_, answer) -> result.set(answer));
        CommandResultMessage<?> answer = Objects.requireNonNull(result.get(), "the bus answers before it returns");
        if (answer.isExceptional()) {
            Throwable failure = answer.exceptionResult();
            throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
        return (DeciderShell.Answer) answer.getPayload();
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, (FIRST_PAUSE_MILLIS << attempt) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted between two tries", e);
        }
    }
}
