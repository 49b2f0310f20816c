package lpm.verify.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import lpm.contracts.Envelope;
import org.jspecify.annotations.Nullable;

/** Everything one look at a platform found. */
public final class History {
    private static final String START = "0".repeat(64);

    private final Set<Part> parts;
    private final Map<String, ServiceLog> services = new TreeMap<>();
    private final Audit audit;
    private final Topics topics;
    private final List<Damaged> damaged;
    private final Set<String> laidAside = new HashSet<>();
    private final Map<UUID, Entry> byId = new HashMap<>();

    /**
     * What was found on topics.
     *
     * @param records in the order of their partitions
     * @param cut topics whose oldest records are gone
     * @param storedSince ids of events that were stored between the look at the stores and the look at the topics
     */
    public record Topics(List<Entry> records, Set<String> cut, Set<UUID> storedSince) {
        public static final Topics NONE = new Topics(List.of(), Set.of(), Set.of());
    }

    /**
     * The audit, read before the topics.
     *
     * @param rows in the order of their positions
     * @param newest the position that it gave last
     */
    public record Audit(List<AuditRow> rows, long newest) {
        public static final Audit NONE = new Audit(List.of(), 0);

        /** The hash at each position, as decision 0021 chains them; that before the first row is at 0. */
        public List<String> chain() {
            List<String> chain = new ArrayList<>();
            chain.add(START);
            rows.forEach(each -> chain.add(Hash.node(chain.getLast(), each.leaf())));
            return chain;
        }
    }

    public History(Set<Part> parts, List<ServiceLog> services, Audit audit, Topics topics, List<Damaged> damaged) {
        this.parts = Set.copyOf(parts);
        this.audit = audit;
        this.topics = topics;
        this.damaged = List.copyOf(damaged);
        services.forEach(each -> this.services.put(each.service(), each));
        services.forEach(each -> laidAside.addAll(each.laidAside()));
        everything().forEach(each -> byId.putIfAbsent(each.message().id(), each));
    }

    /** The first of these parts that is missing. */
    public Optional<Part> lacks(Set<Part> wanted) {
        return wanted.stream().filter(each -> !parts.contains(each)).sorted().findFirst();
    }

    public List<ServiceLog> services() {
        return List.copyOf(services.values());
    }

    /** A service's events in the order in which they were stored. */
    public List<Entry> stored(String service) {
        ServiceLog log = services.get(service);
        return log == null ? List.of() : log.events();
    }

    public Stream<Entry> stored() {
        return services.values().stream().flatMap(each -> each.events().stream());
    }

    public List<Entry> records() {
        return topics.records();
    }

    /** What services stored, then what is on topics. */
    public Stream<Entry> everything() {
        return Stream.concat(stored(), topics.records().stream());
    }

    public Audit audit() {
        return audit;
    }

    public Topics topics() {
        return topics;
    }

    public List<Damaged> damaged() {
        return damaged;
    }

    /** Whether a service refused to take the record at this place for now, so that an operator sees it. */
    public boolean isLaidAside(Place place) {
        return !laidAside.isEmpty() && laidAside.contains(place.toString());
    }

    public Optional<Entry> find(@Nullable UUID id) {
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    /** The message that caused this one, as far as it was found. */
    public Optional<Entry> causeOf(Entry entry) {
        return find(entry.message().causationId());
    }

    /** When the newest event was stored; the beginning of time for an empty history. */
    public Instant newest() {
        return stored().map(Entry::message)
                .map(Envelope::occurredAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** The events of each stream of a service, in their stored order. */
    public Map<String, List<Entry>> streams(String service) {
        Map<String, List<Entry>> streams = new TreeMap<>();
        stored(service).forEach(each -> streams.computeIfAbsent(each.aggregateId(), _ -> new ArrayList<>())
                .add(each));
        return streams;
    }
}
