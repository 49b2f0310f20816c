package lpm.scheduler.linode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.migration.MigrationCommand;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.contracts.storage.StorageCommand;
import lpm.platform.Process;
import lpm.platform.Reaction;
import lpm.scheduler.address.AddressCommand;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import lpm.scheduler.linode.LinodeCommand.AskHost;
import lpm.scheduler.linode.LinodeCommand.RetryPlacement;
import lpm.scheduler.placement.PlaceLinode;
import lpm.scheduler.placement.Purpose;
import lpm.scheduler.tenant.TenantCommand;

/** What follows from a Linode's facts: orders to its host, to storage and to migration, and what it holds elsewhere. */
public final class LinodeProcess implements Process<LinodeEvent> {
    /** How long a boot may take before the host is asked. */
    static final Duration BOOT_PATIENCE = Duration.ofSeconds(60);

    /** How long a host may take to destroy, plug or unplug before it is asked. */
    static final Duration STEP_PATIENCE = Duration.ofSeconds(30);

    /** Time between two questions, for each one already asked. */
    static final Duration QUESTION_INTERVAL = Duration.ofSeconds(15);

    private static final int MAX_INTERVALS = 20;

    /** How long a lost Linode waits before a host is looked for again. */
    static final Duration RETRY_PLACEMENT_AFTER = Duration.ofSeconds(30);

    @Override
    public List<Reaction> react(Envelope<LinodeEvent> event) {
        return switch (event.data()) {
            case LinodeEvent.Placing e -> placing(e, event);
            case LinodeEvent.Power e -> power(e, event);
            case LinodeEvent.Change e -> change(e, event);
            case LinodeEvent.Device e -> device(e, event);
            case LinodeEvent.Move e -> move(e);
            case LinodeEvent.Deletion e -> deletion(e, event);
        };
    }

    private static List<Reaction> placing(LinodeEvent.Placing event, Envelope<LinodeEvent> envelope) {
        return switch (event) {
            case LinodeCreated e ->
                List.of(Reaction.send(new PlaceLinode(
                        e.linode(),
                        e.account(),
                        e.region(),
                        e.sizing().resources(),
                        Optional.empty(),
                        Purpose.create)));
            case LinodePlaced e ->
                e.disksToProvision().isEmpty()
                        ? List.of()
                        : List.of(Reaction.send(new StorageCommand.ProvisionDisks(
                                e.linode(), e.account(), e.region(), e.at(), e.disksToProvision())));
            case LinodePlacementFailed e -> {
                Long epoch = envelope.ownerEpoch();
                yield epoch == null
                        ? List.of()
                        : List.of(Reaction.remind(RETRY_PLACEMENT_AFTER, new RetryPlacement(e.linode(), epoch)));
            }
            case LinodeLost e ->
                List.of(Reaction.send(new PlaceLinode(
                        e.linode(),
                        e.account(),
                        e.region(),
                        e.resources(),
                        Optional.of(e.lostAt().host()),
                        Purpose.recovery)));
            case LinodeRecoveryPlaced e -> recovered(e);
            case LinodeDisksReady _, LinodeDisksFailed _, LinodeHostGone _ -> List.of();
        };
    }

    private static List<Reaction> recovered(LinodeRecoveryPlaced e) {
        List<Reaction> reactions = new ArrayList<>();
        if (!e.devices().isEmpty()) {
            reactions.add(
                    Reaction.send(new StorageCommand.TakeOverDisks(e.linode(), e.at(), e.ownerEpoch(), e.devices())));
        }
        if (!e.from().host().equals(e.at().host())) {
            reactions.add(release(e.from(), e.linode()));
        }
        return reactions;
    }

    private static Reaction release(HostRef at, LinodeId linode) {
        return Reaction.send(new ReleaseCapacity(at.host(), linode));
    }

    private static List<Reaction> power(LinodeEvent.Power event, Envelope<LinodeEvent> envelope) {
        return switch (event) {
            case LinodeBootRequested e ->
                List.of(
                        Reaction.send(new HostCommand.BootLinode(e.at(), e.linode(), e.ownerEpoch(), e.spec())),
                        ask(envelope, BOOT_PATIENCE));
            case LinodeShutdownRequested e ->
                List.of(
                        Reaction.send(
                                new HostCommand.ShutdownLinode(e.at(), e.linode(), e.ownerEpoch(), e.graceSeconds())),
                        ask(envelope, STEP_PATIENCE.plusSeconds(e.graceSeconds())));
            case LinodeRebootRequested e ->
                List.of(
                        Reaction.send(new HostCommand.RebootLinode(
                                e.at(), e.linode(), e.ownerEpoch(), e.spec(), e.graceSeconds())),
                        ask(envelope, BOOT_PATIENCE.plusSeconds(e.graceSeconds())));
            case LinodeQueried e ->
                List.of(
                        Reaction.send(new HostCommand.DescribeLinode(e.at(), e.linode(), Optional.empty())),
                        askAgain(envelope, e));
            case LinodeBooted _, LinodeBootRefused _, LinodeStopped _, LinodeRebooted _ -> List.of();
        };
    }

    /** A timeout is a question: the reminder names the event whose step it is about. */
    private static Reaction ask(Envelope<LinodeEvent> envelope, Duration patience) {
        return Reaction.remind(patience, new AskHost(envelope.data().linode(), sequence(envelope), 1));
    }

    private static Reaction askAgain(Envelope<LinodeEvent> envelope, LinodeQueried e) {
        Duration wait = QUESTION_INTERVAL.multipliedBy(Math.clamp(e.attempt(), 1, MAX_INTERVALS));
        return Reaction.remind(wait, new AskHost(e.linode(), sequence(envelope), e.attempt() + 1));
    }

    private static long sequence(Envelope<LinodeEvent> envelope) {
        Long sequence = envelope.sequence();
        if (sequence == null) {
            throw new IllegalArgumentException("event " + envelope.id() + " has no sequence");
        }
        return sequence;
    }

    private static List<Reaction> change(LinodeEvent.Change event, Envelope<LinodeEvent> envelope) {
        return switch (event) {
            case LinodeResized e ->
                List.of(Reaction.send(
                        new ResizeCapacity(e.at().host(), e.linode(), e.from().resources(), e.to().resources())));
            case LinodeResizeRefused e ->
                List.of(Reaction.send(new ResizeCapacity(
                        e.at().host(),
                        e.linode(),
                        e.refused().resources(),
                        e.kept().resources())));
            case LinodeRebuildRequested e ->
                e.running()
                        ? List.of(
                                Reaction.send(new HostCommand.DestroyLinode(e.at(), e.linode(), e.ownerEpoch())),
                                ask(envelope, STEP_PATIENCE))
                        : List.of();
            case LinodeRebuildStarted e -> rebuild(e);
            case LinodeUpdated _, LinodeResizeRequested _, LinodeRebuilt _, LinodeAddressesChanged _ -> List.of();
        };
    }

    private static List<Reaction> rebuild(LinodeRebuildStarted e) {
        List<Reaction> reactions = new ArrayList<>();
        if (!e.oldDisks().isEmpty()) {
            reactions.add(Reaction.send(
                    new StorageCommand.DeleteDisks(e.linode(), e.at(), LinodeOrders.diskIds(e.oldDisks()))));
        }
        reactions.add(Reaction.send(
                new StorageCommand.ProvisionDisks(e.linode(), e.account(), e.region(), e.at(), e.disks())));
        return reactions;
    }

    private static List<Reaction> device(LinodeEvent.Device event, Envelope<LinodeEvent> envelope) {
        return switch (event) {
            case LinodeDiskChangeRequested e ->
                List.of(Reaction.send(
                        switch (e.change()) {
                            case add ->
                                new StorageCommand.ProvisionDisks(
                                        e.linode(), e.account(), e.region(), e.at(), List.of(e.disk()));
                            case resize ->
                                new StorageCommand.ResizeDisk(
                                        e.linode(),
                                        e.at(),
                                        e.disk().disk(),
                                        e.disk().sizeMib());
                            case delete ->
                                new StorageCommand.DeleteDisks(
                                        e.linode(), e.at(), List.of(e.disk().disk()));
                        }));
            case LinodeDeviceAttachRequested e ->
                List.of(
                        Reaction.send(new HostCommand.AttachDevice(e.at(), e.linode(), e.ownerEpoch(), e.device())),
                        ask(envelope, STEP_PATIENCE));
            case LinodeDeviceDetachRequested e ->
                List.of(
                        Reaction.send(new HostCommand.DetachDevice(e.at(), e.linode(), e.ownerEpoch(), e.device())),
                        ask(envelope, STEP_PATIENCE));
            // its last part is sealed on the way out: an event carries no secret
            case LinodeSecretWanted e ->
                List.of(Reaction.send(new HostCommand.DeliverSecret(e.at(), e.linode(), e.secretRef(), "")));
            case LinodeDiskChanged _, LinodeDiskRefused _, LinodeDeviceQueued _ -> List.of();
            case LinodeDeviceAttached _, LinodeDeviceRefused _, LinodeDeviceDetached _ -> List.of();
        };
    }

    private static List<Reaction> move(LinodeEvent.Move event) {
        return switch (event) {
            case LinodeMoveRequested e ->
                List.of(Reaction.send(new MigrationCommand.StartMigration(
                        e.migration(),
                        e.linode(),
                        e.account(),
                        e.mode(),
                        e.source(),
                        e.target(),
                        e.ownerEpoch(),
                        e.nextEpoch(),
                        e.spec(),
                        e.maxPauseMillis())));
            case LinodeMoved e -> List.of(release(e.source(), e.linode()));
            case LinodeMoveAborted e -> List.of(release(e.target(), e.linode()));
            case LinodeReplaced e -> List.of(release(e.source(), e.linode()));
        };
    }

    private static List<Reaction> deletion(LinodeEvent.Deletion event, Envelope<LinodeEvent> envelope) {
        return switch (event) {
            case LinodeDeletionRequested e ->
                e.openMigration().stream()
                        .map(open -> Reaction.send(
                                new MigrationCommand.CancelMigration(open, "the Linode is being deleted")))
                        .toList();
            case LinodeDestroyRequested e ->
                List.of(
                        Reaction.send(new HostCommand.DestroyLinode(e.at(), e.linode(), e.ownerEpoch())),
                        ask(envelope, STEP_PATIENCE));
            case LinodeTornDown e ->
                e.disks().isEmpty()
                        ? List.of()
                        : List.of(Reaction.send(new StorageCommand.DeleteDisks(e.linode(), e.at(), e.disks())));
            case LinodeDeleted e -> deleted(e);
        };
    }

    private static List<Reaction> deleted(LinodeDeleted e) {
        List<Reaction> reactions = new ArrayList<>();
        e.at().ifPresent(at -> reactions.add(release(at, e.linode())));
        e.ipv4().forEach(ip -> reactions.add(Reaction.send(new AddressCommand.ReleaseAddress(ip, e.linode()))));
        reactions.add(Reaction.send(new TenantCommand.FreeLabel(e.account(), e.linode(), e.label())));
        return reactions;
    }
}
