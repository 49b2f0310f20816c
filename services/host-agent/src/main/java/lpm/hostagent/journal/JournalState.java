package lpm.hostagent.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.LinodeId;

/** The journal, folded. Changes only by {@link #apply}. */
public final class JournalState {
    /** How long dealt-with orders and owners are remembered: longer than topics keep orders. */
    public static final Duration TOMBSTONES = Duration.ofDays(8);

    /**
     * Sent reports that are kept: should Kafka lose them, they are sent again, for a reader that is no further behind
     * than that.
     */
    public static final int KEPT_REPORTS = 1_000;

    private static final long NOTHING_SENT = -1;

    private Optional<String> incarnation = Optional.empty();
    private String bootId = "";
    private long hostEpoch;
    private long nextSequence;
    private long nextOffset;
    private final Map<String, Entry.Done> done = new TreeMap<>();
    private final Map<Long, LinodeMemory> linodes = new TreeMap<>();
    private final Map<String, Entry.SecretKept> secrets = new TreeMap<>();
    /** What was not sent, and what was sent last. */
    private final TreeMap<Long, Entry.Reported> reports = new TreeMap<>();

    private long sentTo = NOTHING_SENT;
    private Optional<Entry.InTopics> topics = Optional.empty();

    /** Folds one entry. */
    public void apply(Entry entry) {
        switch (entry) {
            case Entry.Began it -> begin(it);
            case Entry.Adopted it -> hostEpoch = it.hostEpoch();
            case Entry.ReadTo it -> nextOffset = Math.max(nextOffset, it.nextOffset());
            case Entry.Done it -> done.merge(it.stream(), it, (a, b) -> a.number() > b.number() ? a : b);
            case Entry.Remembered it -> linodes.put(it.memory().linode().value(), it.memory());
            case Entry.SecretKept it -> secrets.put(it.secretRef(), it);
            case Entry.SecretUsed it -> secrets.remove(it.secretRef());
            case Entry.Reported it -> {
                reports.put(it.sequence(), it);
                nextSequence = Math.max(nextSequence, it.sequence() + 1);
            }
            case Entry.SentTo it -> {
                sentTo = Math.max(sentTo, it.sequence());
                reports.headMap(sentTo - KEPT_REPORTS, true).clear();
            }
            case Entry.InTopics it -> changeTopics(it);
            case Entry.Compacted it -> {
                incarnation = Optional.of(it.incarnation()).filter(each -> !each.isEmpty());
                bootId = it.bootId();
                hostEpoch = it.hostEpoch();
                nextSequence = it.nextSequence();
                nextOffset = it.nextOffset();
            }
        }
    }

    private void changeTopics(Entry.InTopics now) {
        topics.ifPresent(before -> {
            nextOffset = before.commands().equals(now.commands()) ? nextOffset : 0;
            sentTo = before.reports().equals(now.reports()) ? sentTo : NOTHING_SENT;
        });
        topics = Optional.of(now);
    }

    /** The topics that offsets and sent reports are about; none before there were any. */
    public Optional<Entry.InTopics> topics() {
        return topics;
    }

    /** Reports of the incarnation before are of no use to anybody: a newer one counts like a fence of the older. */
    private void begin(Entry.Began it) {
        incarnation = Optional.of(it.incarnation());
        bootId = it.bootId();
        hostEpoch = 0;
        nextSequence = 0;
        nextOffset = Math.max(nextOffset, it.nextOffset());
        reports.clear();
        sentTo = NOTHING_SENT;
        linodes.replaceAll((_, memory) -> memory.gone());
    }

    public Optional<String> incarnation() {
        return incarnation;
    }

    public String bootId() {
        return bootId;
    }

    /** The registration this incarnation has; 0 before it has one. */
    public long hostEpoch() {
        return hostEpoch;
    }

    public long nextSequence() {
        return nextSequence;
    }

    public long nextOffset() {
        return nextOffset;
    }

    public boolean isDone(Cause cause) {
        Entry.Done highest = done.get(cause.stream());
        return highest != null && cause.number() <= highest.number();
    }

    public LinodeMemory linode(LinodeId linode) {
        return linodes.getOrDefault(linode.value(), LinodeMemory.none(linode));
    }

    public Collection<LinodeMemory> linodes() {
        return List.copyOf(linodes.values());
    }

    public Optional<String> secret(String secretRef) {
        return Optional.ofNullable(secrets.get(secretRef)).map(Entry.SecretKept::sealed);
    }

    /** Reports that have not reached Kafka, oldest first. */
    public List<Envelope<?>> unsent() {
        List<Envelope<?>> all = new ArrayList<>();
        reports.tailMap(sentTo, false).values().forEach(each -> all.add(each.envelope()));
        return all;
    }

    /** As few entries as say the same, without what is too old to matter. */
    public List<Entry> compacted(Instant now) {
        Instant oldest = now.minus(TOMBSTONES);
        List<Entry> all = new ArrayList<>();
        topics.ifPresent(all::add);
        all.add(new Entry.Compacted(incarnation.orElse(""), bootId, hostEpoch, nextSequence, nextOffset));
        done.values().stream().filter(each -> each.at().isAfter(oldest)).forEach(all::add);
        linodes.values().stream()
                .filter(each -> !each.isTombstone() || each.at().isAfter(oldest))
                .map(Entry.Remembered::new)
                .forEach(all::add);
        secrets.values().stream().filter(each -> each.at().isAfter(oldest)).forEach(all::add);
        all.addAll(reports.values());
        all.add(new Entry.SentTo(sentTo));
        return all;
    }
}
