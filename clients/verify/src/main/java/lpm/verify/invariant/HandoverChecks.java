package lpm.verify.invariant;

import java.util.List;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.GuestPauseMeasured;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.HandoverOpened;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.contracts.migration.MigrationEvent.TargetReceived;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import org.jspecify.annotations.Nullable;

/** What keeps two copies of a Linode from running while it moves. */
final class HandoverChecks {
    private HandoverChecks() {}

    /** I17: an attempt begins once, ends once, and nothing follows its end but a measurement. */
    static void ends(History history, Findings findings) {
        history.streams("migration").values().forEach(stream -> ends(findings, stream));
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case LinodeMoved e -> {
                    Optional<Record> cause = history.causeOf(each).map(Entry::data);
                    boolean completed = cause.isEmpty()
                            || (cause.get() instanceof MigrationCompleted it
                                    && it.migration().equals(e.migration())
                                    && it.target().host().equals(e.target().host()));
                    findings.expect(completed, each, "its migration did not complete there");
                }
                case LinodeMoveAborted e -> {
                    Optional<Record> cause = history.causeOf(each).map(Entry::data);
                    boolean over = cause.isEmpty()
                            || (cause.get() instanceof MigrationEvent it
                                    && it.migration().equals(e.migration())
                                    && (it instanceof MigrationAborted || it instanceof MigrationLost));
                    findings.expect(over, each, "its migration did not end so");
                }
                default -> {
                    // no outcome of a move
                }
            }
        }
    }

    private static void ends(Findings findings, List<Entry> stream) {
        boolean started = false;
        boolean measured = false;
        @Nullable Entry end = null;
        for (Entry each : stream) {
            boolean first = each.data() instanceof MigrationStarted;
            findings.expect(first != started, each, first ? "it began before" : "it has not begun");
            started = true;
            if (end != null) {
                boolean late = each.data() instanceof GuestPauseMeasured
                        && end.data() instanceof MigrationCompleted
                        && !measured;
                findings.expect(late, each, "it ended before: " + end);
                measured = true;
            } else if (isEnd(each.data())) {
                end = each;
            }
        }
    }

    static boolean isEnd(Record event) {
        return event instanceof MigrationCompleted
                || event instanceof MigrationAborted
                || event instanceof MigrationLost;
    }

    /** Committed only on the word, the absence or the fence of the source; aborted within the window only so too. */
    static void handover(History history, Findings findings) {
        for (List<Entry> stream : history.streams("migration").values()) {
            if (stream.getFirst().data() instanceof MigrationStarted started) {
                window(history, findings, stream, started);
            }
        }
        for (Entry each : history.records()) {
            if (each.data() instanceof HostCommand order && !history.isLaidAside(each.place())) {
                order(history, findings, each, order);
            }
        }
    }

    private static void window(History history, Findings findings, List<Entry> stream, MigrationStarted started) {
        boolean opened = false;
        boolean received = false;
        boolean committed = false;
        for (Entry each : stream) {
            switch (each.data()) {
                case HandoverOpened _ -> {
                    findings.expect(!opened, each, "the hand-over was opened before");
                    opened = true;
                }
                case TargetReceived _ -> received = true;
                case HandoverCommitted _ -> {
                    findings.expect(opened, each, "the hand-over was not opened");
                    findings.expect(!committed, each, "it was committed before");
                    boolean memory = received || started.mode() == lpm.contracts.migration.MigrationCommand.Mode.cold;
                    findings.expect(
                            proved(history, each, started, memory, false),
                            each,
                            "neither the source's word nor its fence is behind it: " + cause(history, each));
                    committed = true;
                }
                case MigrationCompleted _, MigrationLost _ ->
                    findings.expect(committed, each, "the hand-over was not committed");
                case MigrationAborted _ -> {
                    findings.expect(!committed, each, "the hand-over was committed");
                    findings.expect(
                            !opened || proved(history, each, started, true, true),
                            each,
                            "neither the source's word nor its fence is behind it: " + cause(history, each));
                }
                default -> {
                    // decides nothing
                }
            }
        }
    }

    private static String cause(History history, Entry each) {
        return history.causeOf(each).map(Entry::toString).orElse("its cause was not found");
    }

    /** Whether what caused an event is the source's word on its call, what it shows afterwards, or its fence. */
    private static boolean proved(
            History history, Entry event, MigrationStarted started, boolean memory, boolean abort) {
        Optional<Entry> cause = history.causeOf(event);
        if (cause.isEmpty()) {
            // where the cause is gone, another check tells so
            return true;
        }
        HostRef source = started.source();
        return switch (cause.get().data()) {
            case HostReport.SourceReleased it ->
                !abort && it.migration().equals(started.migration()) && it.by().equals(source);
            case HostReport.SendFailed it ->
                it.migration().equals(started.migration()) && isSource(it.by(), source) && shows(it.seen(), abort);
            case HostReport.LinodeDescribed it ->
                isSource(it.by(), source)
                        && (it.migration().equals(Optional.of(started.migration())) || isNewer(it.by(), source))
                        && shows(it.seen(), abort);
            case HostReport.InventoryReported it ->
                it.complete() && isSource(it.by(), source) && (abort || isAbsent(it, started));
            case HostReport _ -> false;
            default -> (memory || abort) && isFenced(history, source);
        };
    }

    private static boolean isSource(HostRef by, HostRef source) {
        return by.host().equals(source.host()) && by.hostEpoch() >= source.hostEpoch();
    }

    private static boolean isNewer(HostRef by, HostRef source) {
        return by.hostEpoch() > source.hostEpoch();
    }

    private static boolean shows(DomainSeen seen, boolean abort) {
        boolean gone = seen.state() == DomainSeen.State.absent || seen.state() == DomainSeen.State.off;
        return !seen.jobRunning() && gone != abort;
    }

    private static boolean isAbsent(HostReport.InventoryReported inventory, MigrationStarted started) {
        return inventory.domains().stream()
                .filter(each -> each.linode().equals(started.linode()))
                .allMatch(each -> shows(each, false));
    }

    private static boolean isFenced(History history, HostRef source) {
        return history.stored("storage").stream()
                .anyMatch(each -> each.data() instanceof FenceConfirmed it
                        && it.fenced().host().equals(source.host())
                        && it.fenced().hostEpoch() >= source.hostEpoch());
    }

    /** The target resumes only after the commit, the source sends only once the window is open. */
    private static void order(History history, Findings findings, Entry at, HostCommand order) {
        Optional<Record> cause = history.causeOf(at).map(Entry::data);
        if (cause.isEmpty()) {
            return;
        }
        switch (order) {
            case HostCommand.ResumeLinode _ ->
                findings.expect(
                        cause.get() instanceof HandoverCommitted
                                || (cause.get() instanceof MigrationUnknown it && it.committed()),
                        at,
                        "the target is told to resume, and nothing was committed: " + cause(history, at));
            case HostCommand.SendLinode _ ->
                findings.expect(
                        cause.get() instanceof HandoverOpened
                                || (cause.get() instanceof MigrationUnknown it && !it.committed()),
                        at,
                        "the source is told to send outside the window: " + cause(history, at));
            default -> {
                // starts nothing in a hand-over
            }
        }
    }
}
