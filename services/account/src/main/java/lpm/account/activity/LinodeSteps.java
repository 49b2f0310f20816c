package lpm.account.activity;

import static lpm.account.activity.Step.at;
import static lpm.account.activity.Step.begin;
import static lpm.account.activity.Step.failed;
import static lpm.account.activity.Step.finished;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.account.activity.Step.Begin;
import lpm.account.activity.Step.Progress;
import lpm.account.activity.Step.Subject;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;

/** What a Linode's facts mean for its owner's feed. The words are those of the Linode API. */
final class LinodeSteps {
    private LinodeSteps() {}

    static List<Step> of(LinodeEvent event) {
        Subject linode = Subject.linode(event.linode().value());
        return switch (event) {
            case Placing placing -> placing(placing, linode);
            case Power power -> power(power, linode);
            case Change change -> change(change, linode);
            case Device device -> device(device, linode);
            case Move move -> move(move, linode);
            case Deletion deletion -> deletion(deletion, linode);
        };
    }

    private static List<Step> placing(Placing event, Subject linode) {
        return switch (event) {
            case LinodeCreated created -> created(created, linode);
            case LinodePlaced placed ->
                List.of(
                        placed.disksToProvision().isEmpty()
                                ? finished(linode, "linode_create")
                                : at(linode, 20, "linode_create"));
            case LinodeDisksReady _ -> List.of(finished(linode, "linode_create"));
            case LinodePlacementFailed _ ->
                List.of(failed(linode, "linode_create", "linode_boot", "host_reboot", "linode_migrate"));
            case LinodeDisksFailed _ -> List.of(failed(linode, "linode_create", "linode_rebuild", "linode_boot"));
            case LinodeHostGone _ -> List.of();
            case LinodeLost lost -> lost(lost, linode);
            case LinodeRecoveryPlaced _ -> List.of(at(linode, 50, "host_reboot"));
        };
    }

    private static List<Step> created(LinodeCreated created, Subject linode) {
        List<Step> steps = new ArrayList<>();
        Optional<Entity> image = created.image().map(slug -> new Entity("image", slug, slug));
        Optional<String> label = Optional.of(created.details().label());
        steps.add(new Begin("linode_create", Status.scheduled, linode, label, image));
        if (created.booted() && !created.disks().isEmpty()) {
            steps.add(new Begin(
                    "linode_boot",
                    Status.scheduled,
                    linode,
                    label,
                    created.config().map(LinodeSteps::config)));
        }
        return steps;
    }

    private static Entity config(ConfigProfile config) {
        return new Entity("linode_config", String.valueOf(config.configId()), config.label());
    }

    /** Whatever ran on the lost host came to nothing; an owner sees it as a reboot by the platform. */
    private static List<Step> lost(LinodeLost lost, Subject linode) {
        Step broken =
                failed(linode, "linode_boot", "linode_reboot", "linode_shutdown", "linode_migrate", "linode_rebuild");
        return lost.wasRunning() ? List.of(broken, begin("host_reboot", Status.started, linode)) : List.of(broken);
    }

    private static List<Step> power(Power event, Subject linode) {
        return switch (event) {
            case LinodeBootRequested boot ->
                List.of(begin(boot.afterHostLoss() ? "host_reboot" : "linode_boot", Status.started, linode));
            case LinodeBooted _ -> List.of(finished(linode, "linode_boot", "host_reboot", "linode_reboot"));
            case LinodeBootRefused _ -> List.of(failed(linode, "linode_boot", "host_reboot", "linode_reboot"));
            case LinodeShutdownRequested _ -> List.of(begin("linode_shutdown", Status.started, linode));
            case LinodeStopped stopped -> stopped(stopped, linode);
            case LinodeRebootRequested _ -> List.of(begin("linode_reboot", Status.started, linode));
            case LinodeRebooted _ -> List.of(finished(linode, "linode_reboot"));
            case LinodeQueried _ -> List.of();
        };
    }

    private static List<Step> stopped(LinodeStopped stopped, Subject linode) {
        Step ended = finished(linode, "linode_shutdown");
        List<String> starting = List.of("linode_boot", "linode_reboot", "host_reboot");
        Step broken = new Progress(linode, starting, Status.failed, 100, true);
        return stopped.requested() ? List.of(ended) : List.of(ended, broken);
    }

    private static List<Step> change(Change event, Subject linode) {
        return switch (event) {
            case LinodeUpdated updated ->
                List.of(new Begin(
                        "linode_update",
                        Status.notification,
                        linode,
                        Optional.of(updated.details().label()),
                        Optional.empty()));
            case LinodeResizeRequested resize -> resize(resize, linode);
            case LinodeResized _ -> List.of(finished(linode, "linode_resize"));
            case LinodeResizeRefused _ -> List.of(failed(linode, "linode_resize", "linode_boot"));
            case LinodeRebuildRequested rebuild -> rebuild(rebuild, linode);
            case LinodeRebuildStarted _ -> List.of(at(linode, 30, "linode_rebuild"));
            case LinodeRebuilt _ -> List.of(finished(linode, "linode_rebuild"));
            case LinodeAddressesChanged _ -> List.of();
        };
    }

    private static List<Step> resize(LinodeResizeRequested resize, Subject linode) {
        Step created = begin("linode_resize_create", Status.notification, linode);
        Step running = begin("linode_resize", Status.started, linode);
        Step boot = begin("linode_boot", Status.scheduled, linode);
        return resize.bootAfterwards() ? List.of(created, running, boot) : List.of(created, running);
    }

    private static List<Step> rebuild(LinodeRebuildRequested rebuild, Subject linode) {
        Entity image = new Entity("image", rebuild.image(), rebuild.image());
        Step running = begin("linode_rebuild", Status.started, linode, image);
        Step boot = begin("linode_boot", Status.scheduled, linode, config(rebuild.config()));
        return rebuild.booted() ? List.of(running, boot) : List.of(running);
    }

    private static List<Step> device(Device event, Subject linode) {
        return switch (event) {
            case LinodeDiskChangeRequested asked ->
                List.of(begin(
                        action(asked.change()),
                        Status.started,
                        linode,
                        new Entity(
                                "disk",
                                asked.disk().disk().toString(),
                                asked.disk().label())));
            case LinodeDiskChanged done -> List.of(finished(linode, action(done.change())));
            case LinodeDiskRefused refused -> List.of(failed(linode, action(refused.change())));
            // volumes tell their own story
            case LinodeSecretWanted _,
                    LinodeDeviceQueued _,
                    LinodeDeviceAttachRequested _,
                    LinodeDeviceAttached _,
                    LinodeDeviceRefused _,
                    LinodeDeviceDetachRequested _,
                    LinodeDeviceDetached _ -> List.of();
        };
    }

    private static String action(DiskChange change) {
        return switch (change) {
            case add -> "disk_create";
            case resize -> "disk_resize";
            case delete -> "disk_delete";
        };
    }

    private static List<Step> move(Move event, Subject linode) {
        return switch (event) {
            case LinodeMoveRequested _ -> List.of(begin("linode_migrate", Status.scheduled, linode));
            case LinodeMoved _ -> List.of(finished(linode, "linode_migrate"));
            case LinodeMoveAborted _ -> List.of(failed(linode, "linode_migrate"));
            case LinodeReplaced _ -> List.of();
        };
    }

    private static List<Step> deletion(Deletion event, Subject linode) {
        return switch (event) {
            case LinodeDeletionRequested _ -> List.of(begin("linode_delete", Status.started, linode));
            case LinodeDestroyRequested _ -> List.of(at(linode, 30, "linode_delete"));
            case LinodeTornDown _ -> List.of(at(linode, 60, "linode_delete"));
            case LinodeDeleted _ -> List.of(finished(linode, "linode_delete"), failed(linode));
        };
    }
}
