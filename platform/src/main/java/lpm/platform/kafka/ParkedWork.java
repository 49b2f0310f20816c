package lpm.platform.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lpm.platform.Parked;
import lpm.platform.axon.AxonCommands;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.ParkedRecords;

/** Lists what is parked and tries it again when an operator says so. */
final class ParkedWork implements Parked {
    private final AxonCommands commands;
    private final ParkedRecords records;
    private final DueCommands due;
    private final InboxStep inbox;
    private final Outbox outbox;
    private final Supplier<Publisher> publishers;
    private final Bell dueBell;
    private final Clock clock;

    ParkedWork(Inside in, ParkedRecords records, InboxStep inbox, Outbox outbox, Supplier<Publisher> publishers) {
        this.commands = in.commands();
        this.records = records;
        this.due = in.due();
        this.inbox = inbox;
        this.outbox = outbox;
        this.publishers = publishers;
        this.dueBell = in.dueBell();
        this.clock = in.clock();
    }

    @Override
    public List<Entry> list() {
        List<Entry> all = new ArrayList<>();
        records.list(MAX_LISTED).stream()
                .map(ParkedRecords.Numbered::item)
                .forEach(item -> all.add(new Entry(item.source(), item.key(), item.what(), item.why(), item.since())));
        due.parked(MAX_LISTED)
                .forEach(stuck -> all.add(
                        new Entry(Source.command, stuck.source(), stuck.type(), stuck.failure(), stuck.since())));
        return all.stream().limit(MAX_LISTED).toList();
    }

    @Override
    public long count() {
        return records.count() + due.countParked();
    }

    @Override
    public int release(Source source, String key) {
        if (source == Source.command) {
            int released = due.release(key, clock.instant());
            dueBell.ring();
            return released;
        }
        int released = 0;
        try (Publisher publisher = publishers.get()) {
            while (commands.retrying(() -> releaseOldest(source, key, publisher))) {
                released++;
            }
        }
        dueBell.ring();
        return released;
    }

    /** Throws what still goes wrong; then the entry stays. */
    private boolean releaseOldest(Source source, String key, Publisher publisher) {
        records.stillHolds(source, key);
        Optional<ParkedRecords.Numbered> oldest = records.oldest(source, key);
        if (oldest.isEmpty()) {
            return false;
        }
        if (source == Source.inbox) {
            inbox.again(oldest.get().item());
        } else {
            outbox.again(oldest.get().item().offset(), publisher);
        }
        records.remove(oldest.get().id());
        return true;
    }
}
