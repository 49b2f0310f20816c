package lpm.platform.toy;

import lpm.contracts.Event;

/** What happened to a counter. */
public sealed interface CounterEvent extends Event {
    String counter();

    record Opened(String counter, long max) implements CounterEvent {}

    record Added(String counter, long amount) implements CounterEvent {}
}
