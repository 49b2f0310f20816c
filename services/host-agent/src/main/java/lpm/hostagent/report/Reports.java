package lpm.hostagent.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MessageTypes;
import lpm.contracts.host.HostReport;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.LinodeMemory;
import lpm.hostagent.journal.Origin;

/**
 * Facts on their way out: first into the journal, together with what was done for them, then to Kafka, then marked.
 * What is not marked is sent again after a restart, with the same id and sequence.
 */
public final class Reports {
    private final HostId host;
    private final Journal journal;
    private final ReportSink sink;
    private final InstantSource clock;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();

    public Reports(HostId host, Journal journal, ReportSink sink, InstantSource clock) {
        this.host = host;
        this.journal = journal;
        this.sink = sink;
        this.clock = clock;
    }

    private record InFlight(long sequence, CompletableFuture<?> acknowledged) {}

    /** This host in the registration it has now. */
    public HostRef self() {
        return new HostRef(host, journal.state().hostEpoch());
    }

    /** Makes facts and notes durable in one step, then sends the facts. */
    public void commit(Origin origin, List<? extends HostReport> facts, List<Entry> notes) {
        Instant now = clock.instant();
        List<Entry> entries = new ArrayList<>(notes);
        entries.addAll(remembered(origin, facts, now));
        long sequence = journal.state().nextSequence();
        List<Envelope<?>> envelopes = new ArrayList<>();
        for (HostReport fact : facts) {
            Envelope<HostReport> envelope = envelope(fact, sequence, origin, now);
            entries.add(new Entry.Reported(sequence, envelope));
            envelopes.add(envelope);
            sequence++;
        }
        if (!entries.isEmpty()) {
            journal.append(now, entries);
        }
        envelopes.forEach(this::send);
    }

    /** Sends again what a crash may have kept from Kafka. */
    public void resend() {
        inFlight.clear();
        journal.state().unsent().forEach(this::send);
    }

    /** Marks what has reached Kafka; a report that the topic refuses is a fault that only a restart can mend. */
    public void settle() {
        long settled = -1;
        while (!inFlight.isEmpty() && inFlight.element().acknowledged().isDone()) {
            InFlight next = inFlight.remove();
            next.acknowledged().join();
            settled = next.sequence();
        }
        if (settled >= 0) {
            journal.append(clock.instant(), List.of(new Entry.SentTo(settled)));
        }
    }

    /** A new incarnation has begun: nobody waits for the old one's reports. */
    public void forget() {
        inFlight.clear();
    }

    private void send(Envelope<?> envelope) {
        Long sequence = envelope.sequence();
        if (sequence == null) {
            throw new IllegalStateException("a report without sequence: " + envelope.id());
        }
        inFlight.add(new InFlight(sequence, sink.send(envelope).toCompletableFuture()));
    }

    /** What the facts leave in the agent's memory of their Linodes. */
    private List<Entry> remembered(Origin origin, List<? extends HostReport> facts, Instant now) {
        Map<LinodeId, LinodeMemory> changed = new LinkedHashMap<>();
        for (HostReport fact : facts) {
            Subjects.linodeOf(fact).ifPresent(linode -> {
                LinodeMemory before =
                        changed.getOrDefault(linode, journal.state().linode(linode));
                LinodeMemory after = before.after(fact);
                // that it sends was remembered before the call: what follows from it follows from this order all the
                // same
                if (!after.equals(before) || fact instanceof HostReport.SendStarted) {
                    changed.put(linode, after.from(origin, now));
                }
            });
        }
        return changed.values().stream().<Entry>map(Entry.Remembered::new).toList();
    }

    private Envelope<HostReport> envelope(HostReport fact, long sequence, Origin origin, Instant now) {
        String aggregateId =
                "report:" + host + "/" + journal.state().incarnation().orElse("none");
        UUID id = idOf(aggregateId + "#" + sequence, now);
        UUID correlation = origin.correlationId();
        return new Envelope<>(
                id,
                MessageTypes.nameOf(fact.getClass()),
                MessageTypes.versionOf(fact.getClass()),
                aggregateId,
                sequence,
                null,
                origin.accountId(),
                Subjects.ownerEpochOf(fact),
                fact.by().hostEpoch(),
                origin.commandId(),
                null,
                now,
                correlation != null ? correlation : id,
                origin.commandId(),
                Actor.host(host),
                null,
                fact);
    }

    /** A version 7 UUID: the time, then what the name says instead of chance. */
    static UUID idOf(String name, Instant now) {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        long high = (now.toEpochMilli() << 16) | 0x7000L | (hash.getMostSignificantBits() & 0x0FFFL);
        return new UUID(high, hash.getLeastSignificantBits());
    }
}
