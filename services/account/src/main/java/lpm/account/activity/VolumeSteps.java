package lpm.account.activity;

import static lpm.account.activity.Step.begin;
import static lpm.account.activity.Step.failed;
import static lpm.account.activity.Step.finished;

import java.util.List;
import java.util.Optional;
import lpm.account.activity.Step.Begin;
import lpm.account.activity.Step.Subject;
import lpm.contracts.LinodeId;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.*;

/** What a volume's facts mean for its owner's feed. */
final class VolumeSteps {
    private VolumeSteps() {}

    static List<Step> of(VolumeEvent event) {
        Subject volume = Subject.volume(event.volume().value());
        return switch (event) {
            case VolumeCreated created -> created(created, volume);
            case VolumeReady _ -> List.of(finished(volume, "volume_create", "volume_clone"));
            case VolumeCreateFailed _ -> List.of(failed(volume, "volume_create", "volume_clone"));
            case VolumeUpdated updated ->
                List.of(new Begin(
                        "volume_update", Status.notification, volume, Optional.of(updated.label()), Optional.empty()));
            case VolumeAttachRequested attach ->
                List.of(begin("volume_attach", Status.started, volume, linode(attach.linode())));
            case VolumeAttached _ -> List.of(finished(volume, "volume_attach"));
            case VolumeAttachFailed _ -> List.of(failed(volume, "volume_attach"));
            case VolumeDetachRequested detach ->
                List.of(begin("volume_detach", Status.started, volume, linode(detach.linode())));
            case VolumeDetached detached -> detached(detached, volume);
            case VolumeDetachFailed _ -> List.of(failed(volume, "volume_detach"));
            case VolumeResizeRequested _ -> List.of(begin("volume_resize", Status.started, volume));
            case VolumeResized _ -> List.of(finished(volume, "volume_resize"));
            case VolumeResizeFailed _ -> List.of(failed(volume, "volume_resize"));
            case VolumeDeletionRequested _ -> List.of(begin("volume_delete", Status.started, volume));
            case VolumeDeleted _ -> List.of(finished(volume, "volume_delete"), failed(volume));
            case VolumeWorkOrdered _, VolumeHeld _, VolumeReleased _ -> List.of();
        };
    }

    private static List<Step> created(VolumeCreated created, Subject volume) {
        String action = created.cloneOf().isPresent() ? "volume_clone" : "volume_create";
        Optional<String> label = Optional.of(created.label());
        return List.of(new Begin(action, Status.started, volume, label, Optional.empty()));
    }

    /** Also told when a deleted Linode let go of it, which nobody had asked for: that is a notification. */
    private static List<Step> detached(VolumeDetached detached, Subject volume) {
        return List.of(finished(volume, "volume_detach"), failed(volume, "volume_attach"));
    }

    private static Entity linode(LinodeId id) {
        return new Entity("linode", id.toString(), "");
    }
}
