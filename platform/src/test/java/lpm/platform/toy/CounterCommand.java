package lpm.platform.toy;

import lpm.contracts.Command;

/** Orders to a counter. */
public sealed interface CounterCommand extends Command {
    String counter();

    @Override
    default String aggregateId() {
        return "counter:" + counter();
    }

    record Open(String counter, long max) implements CounterCommand {}

    record Add(String counter, long amount) implements CounterCommand {}

    /** Adds a fixed amount once per number. */
    record NoteHeard(String counter, long number) implements CounterCommand {}

    record Explode(String counter) implements CounterCommand {}
}
