package lpm.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The platform's meters, named {@code lpm.<service>.…}. */
public final class Meters {
    private final MeterRegistry registry;
    private final String prefix;
    private final Counter conflicts;
    private final AtomicLong inboxLag;
    private final AtomicLong outboxLag;
    private final AtomicLong outboxDelayMillis;
    private final AtomicLong parked;
    private final AtomicLong due;

    public Meters(MeterRegistry registry, String service) {
        this.registry = registry;
        prefix = "lpm." + service + ".";
        conflicts = registry.counter(prefix + "conflicts.retried");
        inboxLag = gauge("inbox.lag");
        outboxLag = gauge("outbox.lag");
        outboxDelayMillis = gauge("outbox.delay.millis");
        parked = gauge("parked");
        due = gauge("reminders.due");
    }

    private AtomicLong gauge(String name) {
        AtomicLong value = new AtomicLong();
        registry.gauge(prefix + name, value);
        return value;
    }

    /** A unit met another writer. */
    public void conflict() {
        conflicts.increment();
    }

    /** What became of a record of the inbox: decided, refused, duplicate, expired, parked, hole. */
    public void inbox(String outcome) {
        inbox(outcome, 1);
    }

    /** What became of so many records of the inbox. */
    public void inbox(String outcome, int records) {
        registry.counter(prefix + "inbox.records", "outcome", outcome).increment(records);
    }

    /** What became of an own command or reminder: decided, refused, failed, parked. */
    public void command(String outcome) {
        registry.counter(prefix + "commands", "outcome", outcome).increment();
    }

    /** Events were published; the oldest of them waited for so long. */
    public void published(int events, Duration delay) {
        registry.counter(prefix + "outbox.events").increment(events);
        outboxDelayMillis.set(delay.toMillis());
    }

    /** A background loop failed and starts again. */
    public void restarted(String loop) {
        registry.counter(prefix + "loop.restarts", "loop", loop).increment();
    }

    /** Records in the topics that were not read yet. */
    public void inboxLag(long records) {
        inboxLag.set(records);
    }

    /** Events in the store that were not published yet. */
    public void outboxLag(long events) {
        outboxLag.set(events);
    }

    public void parked(long entries) {
        parked.set(entries);
    }

    /** Own commands and reminders whose time has come. */
    public void due(long commands) {
        due.set(commands);
    }
}
