package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.DiskId;
import lpm.contracts.HostRef;
import lpm.contracts.Nic;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.scheduler.linode.LinodeJob.Booting;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Destroying;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeJob.Provisioning;
import lpm.scheduler.linode.LinodeJob.Rebooting;
import lpm.scheduler.linode.LinodeJob.Rebuilding;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeJob.Scrubbing;
import lpm.scheduler.linode.LinodeJob.Stopping;
import lpm.scheduler.linode.LinodeJob.TakingOver;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/** Folds a Linode's facts. An event that does not fit the phase is a bug. */
final class LinodeEvolution {
    private LinodeEvolution() {}

    static LinodeState evolve(LinodeState state, LinodeEvent event) {
        LinodeState after =
                switch (event) {
                    case LinodeEvent.Placing e -> placing(state, e);
                    case LinodeEvent.Power e -> power(placed(state, e), e);
                    case LinodeEvent.Change e -> change(state, e);
                    case LinodeEvent.Device e -> LinodeDeviceEvolution.device(state, e);
                    case LinodeEvent.Move e -> move(placed(state, e), e);
                    case LinodeEvent.Deletion e -> deletion(state, e);
                };
        return counted(after);
    }

    private static LinodeState placing(LinodeState state, LinodeEvent.Placing event) {
        return switch (event) {
            case LinodeCreated e ->
                new Unplaced(LinodeBody.of(e, state instanceof Unknown it ? it.events() : 0), Optional.empty());
            case LinodePlaced e ->
                new Placed(
                        body(state).withEpoch(e.ownerEpoch()),
                        e.at(),
                        e.ownerEpoch(),
                        false,
                        new Provisioning(),
                        0,
                        false);
            case LinodePlacementFailed e ->
                state instanceof Unplaced it ? new Unplaced(it.body(), Optional.of(e.reason())) : state;
            case LinodeDisksReady e -> {
                Placed it = placed(state, e);
                yield it.with(it.body().withDisks(it.body().disks(), e.devices()))
                        .with(LinodeJob.IDLE);
            }
            case LinodeDisksFailed e -> {
                Placed it = placed(state, e);
                yield it.with(it.body()
                                .withDisks(List.of(), it.body().volumes())
                                .withStart(false))
                        .with(LinodeJob.IDLE);
            }
            case LinodeLost e -> lost(state, e);
            case LinodeRecoveryPlaced e -> recovering(state, e);
            case LinodeHostGone e -> {
                Placed it = placed(state, e);
                yield it.with(gone(it.job(), e.gone()));
            }
        };
    }

    private static LinodeState lost(LinodeState state, LinodeLost event) {
        LinodeBody body = body(state).withEpoch(event.ownerEpoch());
        LinodeJob interrupted =
                switch (state) {
                    case Placed it -> carriedOn(it.job());
                    case Lost it -> it.interrupted();
                    case Unknown _, Unplaced _, Deleted _ -> throw unfit(state, event);
                };
        return new Lost(body, event.lostAt(), event.ownerEpoch(), event.wasRunning(), interrupted);
    }

    private static LinodeJob carriedOn(LinodeJob job) {
        return switch (job) {
            case Provisioning it -> it;
            case Rebuilding it -> it;
            case ChangingDisk it -> it;
            case TakingOver it -> it.interrupted();
            case LinodeJob.Idle _, Booting _, Stopping _, Rebooting _, Resizing _, Plugging _, Moving _ ->
                LinodeJob.IDLE;
            case Destroying _, Scrubbing _ -> LinodeJob.IDLE;
        };
    }

    private static LinodeState recovering(LinodeState state, LinodeRecoveryPlaced event) {
        if (!(state instanceof Lost it)) {
            throw unfit(state, event);
        }
        return new Placed(
                it.body(),
                event.at(),
                event.ownerEpoch(),
                false,
                new TakingOver(it.interrupted(), it.startAgain()),
                0,
                false);
    }

    private static LinodeJob gone(LinodeJob job, HostRef host) {
        return job instanceof Moving it
                ? new Moving(
                        it.migration(),
                        it.mode(),
                        it.target(),
                        it.nextEpoch(),
                        Stream.concat(it.gone().stream(), Stream.of(host)).toList())
                : job;
    }

    private static LinodeState power(Placed it, LinodeEvent.Power event) {
        return switch (event) {
            case LinodeBootRequested e -> {
                int orders = it.job() instanceof Booting again ? again.orders() + 1 : 1;
                yield it.with(it.body().withGeneration(e.spec().generation()))
                        .with(new Booting(orders))
                        .power(false)
                        .asked();
            }
            case LinodeBooted _ -> it.with(LinodeJob.IDLE).power(true);
            case LinodeBootRefused _ -> it.with(LinodeJob.IDLE).power(false);
            case LinodeShutdownRequested e ->
                (it.job() instanceof Resizing ? it : it.with(new Stopping(e.graceSeconds()))).asked();
            case LinodeStopped _ -> it.with(afterStop(it.job())).power(false);
            case LinodeRebootRequested e ->
                it.with(it.body().withGeneration(e.spec().generation()))
                        .with(new Rebooting(e.spec(), e.graceSeconds()))
                        .asked();
            case LinodeRebooted _ -> it.with(LinodeJob.IDLE).power(true);
            case LinodeQueried _ -> it.asked();
        };
    }

    private static LinodeJob afterStop(LinodeJob job) {
        return switch (job) {
            case Stopping _, Booting _, Rebooting _, TakingOver _, LinodeJob.Idle _ -> LinodeJob.IDLE;
            case Provisioning _, Resizing _, Rebuilding _, ChangingDisk _, Plugging _, Moving _ -> job;
            case Destroying _, Scrubbing _ -> job;
        };
    }

    private static LinodeState change(LinodeState state, LinodeEvent.Change event) {
        if (event instanceof LinodeUpdated e) {
            return withBody(state, body(state).withDetails(e.details()));
        }
        Placed it = placed(state, event);
        return switch (event) {
            case LinodeUpdated _ -> it;
            case LinodeResizeRequested e -> it.with(new Resizing(e, false));
            case LinodeResized e -> it.with(it.body().withSizing(e.to())).with(LinodeJob.IDLE);
            case LinodeResizeRefused _ -> it.with(LinodeJob.IDLE);
            case LinodeRebuildRequested e -> it.with(new Rebuilding(e, false)).asked();
            case LinodeRebuildStarted e ->
                it.with(it.body().withDisks(e.disks(), it.body().volumes()))
                        .with(new Rebuilding(rebuild(it), true))
                        .power(false);
            case LinodeRebuilt e ->
                it.with(it.body()
                                .withDisks(it.body().disks(), e.devices())
                                .withProfile(e.image(), rebuild(it).config()))
                        .with(LinodeJob.IDLE);
            case LinodeAddressesChanged e ->
                it.with(it.body()
                        .withNic(new Nic(
                                it.body().nic().mac(),
                                Stream.concat(
                                                e.ipv4().stream(),
                                                Stream.of(it.body().ipv6()))
                                        .toList())));
        };
    }

    private static LinodeRebuildRequested rebuild(Placed it) {
        LinodeJob job = it.job() instanceof TakingOver over ? over.interrupted() : it.job();
        if (job instanceof Rebuilding rebuilding) {
            return rebuilding.request();
        }
        throw new IllegalStateException("linode " + it.body().id() + " is not being rebuilt but " + it.job());
    }

    private static LinodeState move(Placed it, LinodeEvent.Move event) {
        return switch (event) {
            case LinodeMoveRequested e ->
                it.with(it.body().withMove(e.migration(), e.nextEpoch()))
                        .with(new Moving(e.migration(), e.mode(), e.target(), e.nextEpoch(), List.of()));
            case LinodeMoved e ->
                it.movedTo(e.target(), e.ownerEpoch()).with(LinodeJob.IDLE).power(true);
            case LinodeMoveAborted _ -> it.with(LinodeJob.IDLE);
            case LinodeReplaced e ->
                it.with(it.body().withEpoch(e.ownerEpoch())).movedTo(e.target(), e.ownerEpoch());
        };
    }

    private static LinodeState deletion(LinodeState state, LinodeEvent.Deletion event) {
        return switch (event) {
            case LinodeDeletionRequested _ -> state instanceof Placed it ? it.condemned() : state;
            case LinodeDestroyRequested e -> destroying(placed(state, e));
            case LinodeTornDown e -> {
                Placed it = state instanceof Lost lost
                        ? new Placed(lost.body(), e.at(), lost.ownerEpoch(), false, LinodeJob.IDLE, 0, true)
                        : placed(state, e);
                yield it.with(it.body().withDisks(it.body().disks(), it.body().ownDisks()))
                        .with(new Scrubbing(e.disks()))
                        .power(false);
            }
            case LinodeDeleted e ->
                new Deleted(e.linode(), e.account(), body(state).events());
        };
    }

    private static Placed destroying(Placed it) {
        List<DiskId> unfinished =
                it.job() instanceof Destroying again ? again.unfinished() : LinodeDeletion.unfinished(it.job());
        // a volume that the host was asked to plug in may be there until nothing of the Linode is
        LinodeBody body =
                it.job() instanceof Plugging job && job.attach() ? it.body().withDevice(job.device()) : it.body();
        return it.with(body).with(new Destroying(unfinished)).condemned().asked();
    }

    static LinodeBody body(LinodeState state) {
        return switch (state) {
            case Unplaced it -> it.body();
            case Placed it -> it.body();
            case Lost it -> it.body();
            case Unknown _, Deleted _ -> throw new IllegalStateException("there is no such Linode: " + state);
        };
    }

    static LinodeState withBody(LinodeState state, LinodeBody body) {
        return switch (state) {
            case Unplaced it -> new Unplaced(body, it.refused());
            case Placed it -> it.with(body);
            case Lost it -> new Lost(body, it.lostAt(), it.ownerEpoch(), it.startAgain(), it.interrupted());
            case Unknown _, Deleted _ -> throw new IllegalStateException("there is no such Linode: " + state);
        };
    }

    private static LinodeState counted(LinodeState state) {
        return switch (state) {
            case Unknown it -> new Unknown(it.events() + 1);
            case Deleted it -> new Deleted(it.id(), it.account(), it.events() + 1);
            case Unplaced _, Placed _, Lost _ -> withBody(state, body(state).counted());
        };
    }

    static Placed placed(LinodeState state, LinodeEvent event) {
        if (state instanceof Placed it) {
            return it;
        }
        throw unfit(state, event);
    }

    private static IllegalStateException unfit(LinodeState state, LinodeEvent event) {
        return new IllegalStateException(event + " cannot follow in the phase " + state);
    }
}
