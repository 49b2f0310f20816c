package lpm.systemtests.explore;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lpm.contracts.BlockDevice;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.VolumeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.systemtests.simulation.Bus;
import lpm.systemtests.simulation.Cell;

/** What can be checked with each event as it is stored, and with each record as it is published. */
final class FactChecks {
    static final String GAPLESS = "streams have no gaps";
    static final String SAME_AGAIN = "what is published again is the same";
    static final String CAUSED = "every command has a causing event";
    static final String EPOCHS_GROW = "epochs never go back";
    static final String EPOCHS_ONCE = "no owner epoch is issued twice";
    static final String OLD_EPOCH = "nothing is asked of a host that lost the Linode";
    static final String ENDS_ONCE = "a migration ends exactly once";
    static final String COMMITTED_GONE = "a hand-over commits only when the source runs no more";

    static final String ABORTED_IN_TIME = "a move is not aborted after its source let go";
    static final String LET_GO = "a free volume is plugged into no running Linode";
    static final String SMALL = "a run does not go round in circles";
    private static final int MAX_RECORDS = 20_000;

    private final Cell cell;
    private final Map<String, Long> published = new HashMap<>();
    private final Map<String, UUID> ids = new HashMap<>();
    private final Map<String, Long> ownerEpochs = new HashMap<>();
    private final Map<LinodeId, Long> issued = new HashMap<>();
    private final Map<LinodeId, Long> lossEpochs = new HashMap<>();
    private final Set<HostRef> out = new HashSet<>();
    private final Map<LinodeId, Set<HostRef>> lost = new HashMap<>();
    private final Map<MigrationId, MigrationEvent.HandoverOpened> open = new HashMap<>();
    private final Set<MigrationId> committed = new HashSet<>();
    private final Set<MigrationId> ended = new HashSet<>();
    private final Set<MigrationId> released = new HashSet<>();

    FactChecks(Cell cell) {
        this.cell = cell;
        cell.bus().watch(this::published);
        cell.onFact(this::stored);
    }

    private static void check(boolean holds, String invariant, Object what) {
        if (!holds) {
            throw new Violation(invariant, String.valueOf(what));
        }
    }

    private void published(Bus.Published record) {
        check(cell.bus().size() < MAX_RECORDS, SMALL, record);
        Envelope<?> envelope = record.envelope();
        Long sequence = envelope.sequence();
        if (sequence != null) {
            String stream = record.topic() + " " + envelope.aggregateId();
            long last = published.getOrDefault(stream, -1L);
            check(sequence <= last + 1, GAPLESS, stream + ": " + sequence + " follows " + last);
            published.put(stream, Math.max(last, sequence));
            UUID before = ids.putIfAbsent(stream + "#" + sequence, envelope.id());
            check(before == null || before.equals(envelope.id()), SAME_AGAIN, envelope);
        } else {
            caused(envelope);
        }
    }

    private void caused(Envelope<?> command) {
        Cause cause = command.cause();
        check(cause != null, CAUSED, command);
        if (cause != null) {
            long sequence = cause.number() / Cause.MAX_COMMANDS_PER_EVENT;
            var events = cell.service(cause.service()).events(cause.aggregateId());
            check(
                    sequence < events.size() && events.get((int) sequence).id().equals(command.causationId()),
                    CAUSED,
                    command);
        }
    }

    private void stored(Envelope<?> fact) {
        switch (fact.data()) {
            case LinodeEvent event -> linode(fact, event);
            case MigrationEvent event -> migration(event);
            case HostReport.SourceReleased report -> released.add(report.migration());
            case VolumeEvent.VolumeDetached event -> letGo(event.volume(), event);
            case VolumeEvent.VolumeAttachFailed event -> letGo(event.volume(), event);
            case HostEvent.HostFenced event -> out.add(event.fenced());
            case HostEvent.HostRegistered event -> out.add(new HostRef(event.host(), event.hostEpoch() - 1));
            default -> {
                // checked when it is published
            }
        }
    }

    private void linode(Envelope<?> fact, LinodeEvent event) {
        Long epoch = fact.ownerEpoch();
        if (epoch != null) {
            long last = ownerEpochs.getOrDefault(fact.aggregateId(), 0L);
            check(epoch >= last, EPOCHS_GROW, fact);
            ownerEpochs.put(fact.aggregateId(), epoch);
        }
        switch (event) {
            case LinodeEvent.LinodePlaced e -> {
                // one that lost its host while its disks were made is placed again under the epoch of that loss
                if (e.ownerEpoch() != lossEpochs.getOrDefault(e.linode(), 0L)) {
                    issue(e.linode(), e.ownerEpoch(), fact);
                }
            }
            case LinodeEvent.LinodeMoveRequested e -> issue(e.linode(), e.nextEpoch(), fact);
            case LinodeEvent.LinodeLost e -> {
                issue(e.linode(), e.ownerEpoch(), fact);
                lossEpochs.put(e.linode(), e.ownerEpoch());
                if (out.contains(e.lostAt())) {
                    lost.computeIfAbsent(e.linode(), _ -> new HashSet<>()).add(e.lostAt());
                }
            }
            case LinodeEvent.LinodeTornDown _, LinodeEvent.LinodeDeleted _ -> {
                // where it was: nothing is asked there any more
            }
            default ->
                askedOf(event)
                        .ifPresent(at -> check(
                                !lost.getOrDefault(event.linode(), Set.of()).contains(at), OLD_EPOCH, fact));
        }
    }

    private void issue(LinodeId linode, long epoch, Envelope<?> fact) {
        check(epoch > issued.getOrDefault(linode, 0L), EPOCHS_ONCE, fact);
        issued.put(linode, epoch);
    }

    /** The host that an event is about, where it names one. */
    private static Optional<HostRef> askedOf(LinodeEvent event) {
        for (RecordComponent each : event.getClass().getRecordComponents()) {
            if (each.getName().equals("at") && each.getType() == HostRef.class) {
                return Optional.of((HostRef) Faults.value((Record) event, each));
            }
        }
        return Optional.empty();
    }

    private void migration(MigrationEvent event) {
        MigrationId id = event.migration();
        switch (event) {
            case MigrationEvent.HandoverOpened opened -> open.put(id, opened);
            case MigrationEvent.HandoverCommitted it -> {
                check(committed.add(id) && !ended.contains(id), ENDS_ONCE, it);
                sourceIsGone(it);
            }
            case MigrationEvent.MigrationAborted it -> {
                check(!committed.contains(id), ENDS_ONCE, it);
                check(ended.add(id), ENDS_ONCE, it);
                check(it.sourceFenced() || !released.contains(id), ABORTED_IN_TIME, it);
            }
            case MigrationEvent.MigrationCompleted it -> check(committed.contains(id) && ended.add(id), ENDS_ONCE, it);
            case MigrationEvent.MigrationLost it -> check(ended.add(id), ENDS_ONCE, it);
            case MigrationEvent.GuestPauseMeasured _ -> check(ended.contains(id), ENDS_ONCE, event);
            default -> check(!ended.contains(id), ENDS_ONCE, event);
        }
    }

    private void sourceIsGone(MigrationEvent.HandoverCommitted event) {
        HostRef source = Optional.ofNullable(open.get(event.migration()))
                .map(MigrationEvent.HandoverOpened::source)
                .orElseThrow(() -> new Violation(COMMITTED_GONE, "never opened: " + event));
        boolean runs = cell.xen().figures().stream()
                .filter(each -> each.host().equals(source.host()) && each.powered() && !each.frozen())
                .map(HostFigures::running)
                .anyMatch(each -> each.contains(event.linode()));
        check(!runs, COMMITTED_GONE, event);
    }

    /** Whoever gets it next must be the only one to write to it. */
    private void letGo(VolumeId volume, VolumeEvent event) {
        for (HostFigures host : cell.xen().figures()) {
            if (host.powered() && !host.frozen()) {
                cell.xen().hypervisor(host.host()).list().stream()
                        .filter(each -> each.seen().state() == DomainSeen.State.running)
                        .filter(each -> each.devices().stream().anyMatch(device -> isOf(device, volume)))
                        .forEach(each -> {
                            throw new Violation(LET_GO, event + " and " + each);
                        });
            }
        }
    }

    private static boolean isOf(BlockDevice device, VolumeId volume) {
        return device.kind() == BlockDevice.Kind.volume && device.id() == volume.value();
    }
}
