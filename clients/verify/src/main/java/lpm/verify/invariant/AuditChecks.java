package lpm.verify.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.verify.history.AuditRow;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;

/**
 * I26: the audit tells what was stored and published, all of it and nothing else. Whoever changes the audit alone is
 * found; for whoever changes the stores and topics likewise there is {@link CheckpointChecks}.
 */
final class AuditChecks {
    /** What the audit has in the place of a sealed secret. */
    private static final String TAKEN_OUT = "(never stored)";

    private final History history;
    private final Findings findings;
    /** Topics with the events of services. */
    private final Set<String> own;
    /** A topic that was lost has other places now, one that keeps a week has fewer. */
    private final boolean kept;

    private final Map<String, Entry> onTopics = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<UUID> seen = new HashSet<>();

    private AuditChecks(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
        this.own = history.services().stream()
                .map(ServiceLog::service)
                .map(Topics::events)
                .collect(Collectors.toSet());
        this.kept = history.topics().cut().isEmpty();
        history.records().forEach(each -> onTopics.putIfAbsent(each.place().toString(), each));
    }

    static void audit(History history, Findings findings) {
        new AuditChecks(history, findings).all();
    }

    private void all() {
        long position = 0;
        for (AuditRow each : history.audit().rows()) {
            position++;
            findings.expect(each.position() == position, each, "expected position " + position);
            boolean known = Set.of("event", "command", "parked", "unreadable").contains(each.kind());
            findings.expect(known, each, "no row of the audit can be read here");
            each.entry().ifPresent(entry -> entry(each, entry));
        }
        findings.expect(
                position == history.audit().newest(),
                "audit",
                position + " rows of " + history.audit().newest());
    }

    private void entry(AuditRow row, Entry told) {
        Place.OnTopic on = (Place.OnTopic) told.place();
        boolean command = on.topic().contains(".commands");
        findings.expect(row.kind().equals(command ? "command" : "event"), told, "its kind is " + row.kind());
        Optional<Entry> there = Optional.ofNullable(onTopics.get(on.toString()))
                .filter(each -> each.message().id().equals(told.message().id()));
        findings.expect(there.isPresent() || !kept, told, "its place on the topic has another record, or none");
        there.ifPresent(each -> {
            says(told, each);
            findings.expect(on.equals(each.place()), told, "its key on the topic is another");
        });
        if (own.contains(on.topic())) {
            event(told);
        }
    }

    /** An event of a service is stored, told once, and follows the one before. */
    private void event(Entry told) {
        UUID id = told.message().id();
        findings.expect(seen.add(id), told, "it was told before");
        long before = numbers.getOrDefault(told.aggregateId(), -1L);
        // what lay aside of a topic that was lost cannot be told from what nobody stored
        boolean laidAside = history.isLaidAside(told.place()) || !kept;
        findings.expect(laidAside || told.sequence() == before + 1, told, "expected number " + (before + 1));
        numbers.put(told.aggregateId(), told.sequence());
        history.find(id)
                .filter(each -> each.place() instanceof Place.Stored)
                .ifPresentOrElse(
                        stored -> says(told, stored),
                        () -> findings.expect(
                                laidAside || history.topics().storedSince().contains(id), told, "nobody stored it"));
    }

    private void says(Entry told, Entry original) {
        findings.look();
        if (!told(told.message()).equals(told(original.message()))) {
            findings.broken(told, "it is not what was told: " + original);
        }
    }

    /** Of a message what the audit keeps. */
    private static Object told(Envelope<Record> it) {
        Record data = it.data() instanceof DeliverSecret order
                ? new DeliverSecret(order.at(), order.linode(), order.secretRef(), TAKEN_OUT)
                : it.data();
        return new Envelope<>(
                it.id(),
                it.type(),
                it.version(),
                it.aggregateId(),
                it.sequence(),
                null,
                it.accountId(),
                null,
                null,
                null,
                null,
                it.occurredAt(),
                Objects.requireNonNull(it.correlationId()),
                it.causationId(),
                it.actor(),
                it.reason(),
                data);
    }
}
