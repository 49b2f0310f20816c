package lpm.migration.live;

import static lpm.platform.Reaction.remind;
import static lpm.platform.Reaction.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostCommand.BootLinode;
import lpm.contracts.host.HostCommand.CancelIncoming;
import lpm.contracts.host.HostCommand.CancelSend;
import lpm.contracts.host.HostCommand.DescribeLinode;
import lpm.contracts.host.HostCommand.EnsureRunning;
import lpm.contracts.host.HostCommand.PrepareIncoming;
import lpm.contracts.host.HostCommand.ResumeLinode;
import lpm.contracts.host.HostCommand.SendLinode;
import lpm.contracts.host.HostCommand.ShutdownLinode;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.GuestPauseMeasured;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.HandoverOpened;
import lpm.contracts.migration.MigrationEvent.IncompleteCopyGivenUp;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCancelRequested;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.contracts.migration.MigrationEvent.TargetReceived;
import lpm.contracts.migration.MigrationEvent.TargetStorageReady;
import lpm.contracts.storage.StorageCommand.AbortMove;
import lpm.contracts.storage.StorageCommand.FinishMove;
import lpm.contracts.storage.StorageCommand.PrepareMove;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.Process;
import lpm.platform.Reaction;

/**
 * Carries an attempt on: orders to storage and hosts, and a reminder with every step. Orders to one host keep their
 * order, so an answer to a question that was sent after an order shows what that order did. That is why the
 * description is always asked for last, and named by the migration only where every order of this attempt to that
 * host went before it.
 */
final class MigrationProcess implements Process<MigrationEvent> {
    static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    static final Duration INVITE_LIMIT = Duration.ofMinutes(2);
    /**
     * libvirt settles a broken finish by itself within 36 s; earlier questions are harmless but idle. A copy that was
     * not begun by then is not begun any more: the question finds the Linode running at the source.
     */
    static final Duration COPY_PATIENCE = Duration.ofMinutes(1);
    /** With the whole copy at the target the guest stands still until the source's word is in. */
    static final Duration RECEIVED_PATIENCE = Duration.ofSeconds(5);

    static final Duration RESUME_PATIENCE = Duration.ofSeconds(10);
    static final Duration BOOT_PATIENCE = Duration.ofMinutes(1);
    static final Duration FIRST_PROBE = Duration.ofSeconds(5);
    static final Duration LAST_PROBE = Duration.ofMinutes(1);
    static final int SHUTDOWN_GRACE_SECONDS = 60;

    private static final int MAX_DOUBLINGS = 6;

    @Override
    public List<Reaction> react(Envelope<MigrationEvent> event) {
        return switch (event.data()) {
            case MigrationStarted started -> started(started);
            case TargetStorageReady ready -> invite(ready);
            case HandoverOpened opened -> opened.mode() == Mode.live ? sendLive(opened) : shutDown(opened);
            case CopyStarted _, GuestPauseMeasured _ -> List.of();
            case TargetReceived received ->
                List.of(remind(RECEIVED_PATIENCE, new CheckAttempt(received.migration(), Step.received, 0)));
            case MigrationUnknown unknown -> ask(unknown);
            case HandoverCommitted committed -> goOn(committed);
            case IncompleteCopyGivenUp givenUp -> drop(givenUp);
            case MigrationCancelRequested cancel ->
                List.of(send(
                        new CancelSend(cancel.source(), cancel.migration(), cancel.linode(), cancel.ownerEpoch())));
            case MigrationCompleted completed -> List.of(send(new FinishMove(completed.migration())));
            case MigrationAborted aborted -> undo(aborted);
            case MigrationLost lost -> giveUp(lost);
        };
    }

    private static List<Reaction> started(MigrationStarted started) {
        return List.of(
                send(new PrepareMove(
                        started.migration(),
                        started.linode(),
                        started.source(),
                        started.target(),
                        started.spec().devices())),
                remind(PREPARE_LIMIT, new CheckAttempt(started.migration(), Step.preparing, 0)));
    }

    private static List<Reaction> invite(TargetStorageReady ready) {
        return List.of(
                send(new PrepareIncoming(
                        ready.target(), ready.migration(), ready.linode(), ready.nextEpoch(), ready.spec())),
                remind(INVITE_LIMIT, new CheckAttempt(ready.migration(), Step.inviting, 0)));
    }

    private static List<Reaction> sendLive(HandoverOpened opened) {
        return List.of(
                send(
                        new SendLinode(
                                opened.source(),
                                opened.migration(),
                                opened.linode(),
                                opened.ownerEpoch(),
                                opened.nextEpoch(),
                                opened.target().host(),
                                opened.targetUri(),
                                opened.maxPauseMillis()),
                        COPY_PATIENCE),
                remind(COPY_PATIENCE, new CheckAttempt(opened.migration(), Step.window, 0)));
    }

    private static List<Reaction> shutDown(HandoverOpened opened) {
        return List.of(
                send(new ShutdownLinode(opened.source(), opened.linode(), opened.ownerEpoch(), SHUTDOWN_GRACE_SECONDS)),
                send(new DescribeLinode(opened.source(), opened.linode(), Optional.of(opened.migration()))),
                remind(
                        Duration.ofSeconds(SHUTDOWN_GRACE_SECONDS).plus(FIRST_PROBE),
                        new CheckAttempt(opened.migration(), Step.window, 0)));
    }

    private static List<Reaction> goOn(HandoverCommitted committed) {
        Reaction order = committed
                .boot()
                .map(spec -> send(new BootLinode(committed.target(), committed.linode(), committed.nextEpoch(), spec)))
                .orElseGet(() -> send(new ResumeLinode(
                        committed.target(), committed.migration(), committed.linode(), committed.nextEpoch())));
        Duration patience = committed.boot().isPresent() ? BOOT_PATIENCE : RESUME_PATIENCE;
        return List.of(order, remind(patience, new CheckAttempt(committed.migration(), Step.committed, 0)));
    }

    /** Abort: the target's copy must be gone before anything else, so that it can never be resumed. */
    private static List<Reaction> undo(MigrationAborted aborted) {
        List<Reaction> all = new ArrayList<>();
        all.add(send(new CancelIncoming(aborted.target(), aborted.migration(), aborted.linode(), aborted.nextEpoch())));
        if (aborted.sourceSuspended()) {
            all.add(send(
                    new EnsureRunning(aborted.source(), aborted.migration(), aborted.linode(), aborted.ownerEpoch())));
        }
        all.add(send(new AbortMove(aborted.migration())));
        return all;
    }

    /**
     * The target resumes the copy should it have become whole after all, and destroys it otherwise: a copy that runs
     * is never cancelled. What it shows afterwards is the end of it.
     */
    private static List<Reaction> drop(IncompleteCopyGivenUp it) {
        return List.of(
                send(new ResumeLinode(it.target(), it.migration(), it.linode(), it.nextEpoch())),
                send(new CancelIncoming(it.target(), it.migration(), it.linode(), it.nextEpoch())),
                send(new DescribeLinode(it.target(), it.linode(), Optional.of(it.migration()))),
                remind(LAST_PROBE, new CheckAttempt(it.migration(), Step.committed, it.probe())));
    }

    /** Lost: the target may have nothing of the Linode and still keep the room that it made for it. */
    private static List<Reaction> giveUp(MigrationLost lost) {
        List<Reaction> all = new ArrayList<>();
        lost.nextEpoch()
                .map(epoch -> send(new CancelIncoming(lost.target(), lost.migration(), lost.linode(), epoch)))
                .ifPresent(all::add);
        all.add(send(new AbortMove(lost.migration())));
        return all;
    }

    private static List<Reaction> ask(MigrationUnknown unknown) {
        List<Reaction> all = new ArrayList<>(unknown.committed() ? askTarget(unknown) : askBoth(unknown));
        Step step = unknown.committed() ? Step.committed : Step.window;
        all.add(remind(patience(unknown), new CheckAttempt(unknown.migration(), step, unknown.probe())));
        return all;
    }

    private static List<Reaction> askBoth(MigrationUnknown unknown) {
        Reaction source = describe(unknown, true, true);
        if (unknown.mode() == Mode.cold) {
            Reaction again = send(new ShutdownLinode(
                    unknown.source(), unknown.linode(), unknown.ownerEpoch(), SHUTDOWN_GRACE_SECONDS));
            return List.of(again, source);
        }
        return List.of(source, describe(unknown, false, false));
    }

    private static List<Reaction> askTarget(MigrationUnknown unknown) {
        if (unknown.mode() == Mode.live) {
            Reaction again = send(
                    new ResumeLinode(unknown.target(), unknown.migration(), unknown.linode(), unknown.nextEpoch()));
            return List.of(again, describe(unknown, false, true));
        }
        return unknown.boot()
                .map(spec -> List.of(
                        send(new BootLinode(unknown.target(), unknown.linode(), unknown.nextEpoch(), spec)),
                        describe(unknown, false, false)))
                .orElseGet(() -> List.of(describe(unknown, false, true)));
    }

    private static Reaction describe(MigrationUnknown unknown, boolean source, boolean conclusive) {
        return send(new DescribeLinode(
                source ? unknown.source() : unknown.target(),
                unknown.linode(),
                conclusive ? Optional.of(unknown.migration()) : Optional.empty()));
    }

    /** Doubles with every question, and never stops. */
    private static Duration patience(MigrationUnknown unknown) {
        if (unknown.boot().isPresent()) {
            return BOOT_PATIENCE;
        }
        int doublings = Math.min(unknown.probe() - 1, MAX_DOUBLINGS);
        Duration next = FIRST_PROBE.multipliedBy(1L << doublings);
        return next.compareTo(LAST_PROBE) < 0 ? next : LAST_PROBE;
    }
}
