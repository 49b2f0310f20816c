package lpm.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.Topics;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Part;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;
import lpm.verify.source.AuditRows;
import org.jspecify.annotations.Nullable;

/** A story of a platform, told message by message; it becomes a history with sequences, positions and topics. */
final class Told {
    static final UUID REQUEST = UUID.randomUUID();

    private static final Instant CHECKPOINTED = Instant.parse("2026-01-02T00:00:00Z");

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Consumer<Built>> changes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** What the story has become, still to be changed. */
    static final class Built {
        final Map<String, List<Entry>> stored = new TreeMap<>();
        final List<Entry> records = new ArrayList<>();
        /** The audit's rows as JSON; told from the records if nobody changes it. */
        final List<String> audit = new ArrayList<>();

        final Set<String> cut = new HashSet<>();
        final Set<UUID> since = new HashSet<>();
        final Set<String> laidAside = new HashSet<>();
        final List<String> stuck = new ArrayList<>();
        final List<Damaged> damaged = new ArrayList<>();
        final Map<String, Long> published = new HashMap<>();

        /** Account signs the audit as it is by now. */
        void checkpoint(BiFunction<Long, String, String> sign) {
            long position = audit.size();
            String hash = audit(position).chain().getLast();
            Record taken = new AuditCheckpointed(position, hash, sign.apply(position, hash));
            List<Entry> own = stored.computeIfAbsent("account", _ -> new ArrayList<>());
            Draft draft = new Draft("account", "audit:1", taken, CHECKPOINTED, null);
            Envelope<Record> event = envelope(draft, (long) own.size(), null);
            own.add(new Entry(new Place.Stored("account", own.size() + 1L), event));
            Place place = new Place.OnTopic(Topics.ACCOUNT_EVENTS, 0, records.size(), draft.aggregate);
            records.add(new Entry(place, event));
            audit.add(AuditJson.row(position + 1, records.getLast()));
        }

        private History.Audit audit(long newest) {
            return new History.Audit(audit.stream().map(AuditRows::read).toList(), newest);
        }

        /** Cuts the audit off, and its checkpoints with it. */
        void cutOff(int rows) {
            audit.subList(rows, audit.size()).clear();
            stored.remove("account");
            records.removeIf(each -> each.data() instanceof AuditCheckpointed);
        }

        /** The entries among records, or of a store, with such data. */
        List<Entry> with(Class<?> type, List<Entry> among) {
            return among.stream().filter(each -> type.isInstance(each.data())).toList();
        }
    }

    Draft event(String service, String aggregate, Record data, @Nullable Draft cause) {
        return add(new Draft(service, aggregate, data, tick(), cause));
    }

    Draft order(String topic, String aggregate, Record data, Draft cause) {
        return add(new Draft(topic, aggregate, data, tick(), cause));
    }

    Draft report(String host, Record data) {
        return add(new Draft("lpm.host.events." + host, "report:" + host + "/i", data, tick(), null));
    }

    private Draft add(Draft draft) {
        drafts.add(draft);
        return draft;
    }

    Told pass(long seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    private Instant tick() {
        pass(1);
        return now;
    }

    // --- how stories are broken ----------------------------------------------------------------------------------

    Draft first(Class<?> type) {
        return drafts.stream().filter(each -> each.is(type)).findFirst().orElseThrow();
    }

    Draft last(Class<?> type) {
        return drafts.reversed().stream()
                .filter(each -> each.is(type))
                .findFirst()
                .orElseThrow();
    }

    void remove(Draft draft) {
        drafts.remove(draft);
    }

    /** Tells another message right after one, about the same aggregate. */
    Draft after(Draft draft, Record data) {
        return after(draft, draft.aggregate, data);
    }

    Draft after(Draft draft, String aggregate, Record data) {
        Draft added = new Draft(draft.home, aggregate, data, draft.at, draft);
        drafts.add(drafts.indexOf(draft) + 1, added);
        return added;
    }

    void moveBefore(Draft draft, Draft other) {
        drafts.remove(draft);
        drafts.add(drafts.indexOf(other), draft);
    }

    <R extends Record> void change(Draft draft, Class<R> type, UnaryOperator<R> change) {
        draft.data = change.apply(type.cast(draft.data));
    }

    /** Changes what was found, once everything has its number and place. */
    void found(Consumer<Built> change) {
        changes.add(change);
    }

    // --- what becomes of them ------------------------------------------------------------------------------------

    History history() {
        return history(EnumSet.allOf(Part.class));
    }

    History history(Set<Part> parts) {
        Built built = new Built();
        Map<String, Long> sequences = new HashMap<>();
        Map<UUID, Entry> byId = new HashMap<>();
        for (Draft each : drafts) {
            Entry entry = entry(each, built, sequences, byId);
            byId.put(each.id, entry);
            (each.isStored() ? built.stored.get(each.home) : built.records).add(entry);
            if (each.isStored()) {
                String topic = Topics.events(each.home);
                long offset = built.records.size();
                built.records.add(new Entry(new Place.OnTopic(topic, 0, offset, each.aggregate), entry.message()));
            }
        }
        built.records.forEach(each -> built.audit.add(AuditJson.row(built.audit.size() + 1L, each)));
        built.checkpoint(AuditKey::sign);
        long newest = built.audit.size();
        changes.forEach(each -> each.accept(built));
        List<ServiceLog> logs = new ArrayList<>();
        built.stored.forEach((service, events) -> logs.add(new ServiceLog(
                service, events, built.published.getOrDefault(service, Long.MAX_VALUE), built.laidAside, built.stuck)));
        return new History(
                parts,
                logs,
                built.audit(newest),
                new History.Topics(List.copyOf(built.records), built.cut, built.since),
                built.damaged);
    }

    private static Entry entry(Draft draft, Built built, Map<String, Long> sequences, Map<UUID, Entry> byId) {
        boolean isOrder = draft.home.contains(".commands");
        Long sequence = isOrder ? null : sequences.merge(draft.aggregate, 1L, Long::sum) - 1;
        Place place = draft.isStored()
                ? new Place.Stored(
                        draft.home,
                        built.stored
                                        .computeIfAbsent(draft.home, _ -> new ArrayList<>())
                                        .size()
                                + 1L)
                : new Place.OnTopic(draft.home, 0, built.records.size(), draft.aggregate);
        return new Entry(place, envelope(draft, sequence, isOrder ? cause(byId.get(draft.numberedBy)) : null));
    }

    private static @Nullable Cause cause(@Nullable Entry event) {
        return event == null ? null : Cause.of("service", event.aggregateId(), event.sequence(), 0);
    }

    private static Envelope<Record> envelope(Draft draft, @Nullable Long sequence, @Nullable Cause cause) {
        return new Envelope<>(
                draft.id,
                MessageTypes.nameOf(draft.data.getClass()),
                1,
                draft.aggregate,
                sequence,
                cause,
                draft.account,
                null,
                null,
                draft.isStored() ? draft.command : null,
                null,
                draft.at,
                REQUEST,
                draft.cause,
                Actor.service("tests"),
                null,
                draft.data);
    }
}
