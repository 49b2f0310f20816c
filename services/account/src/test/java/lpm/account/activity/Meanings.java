package lpm.account.activity;

import java.util.Map;
import java.util.TreeMap;

/**
 * The table of what each fact means for the feed, as the golden samples tell it; a fact that is not named means nothing
 * to customers.
 */
final class Meanings {
    private static final String TABLE = """
            LinodeCreated | linode_create scheduled with image, linode_boot scheduled with linode_config
            LinodePlaced | linode_create -> started 20
            LinodePlacementFailed | linode_create/linode_boot/host_reboot/linode_migrate -> failed 100
            LinodeDisksReady | linode_create -> finished 100
            LinodeDisksFailed | linode_create/linode_rebuild/linode_boot -> failed 100
            LinodeLost | linode_boot/linode_reboot/linode_shutdown/linode_migrate/linode_rebuild -> failed 100, \
            host_reboot started
            LinodeRecoveryPlaced | host_reboot -> started 50
            LinodeBootRequested | host_reboot started
            LinodeBooted | linode_boot/host_reboot/linode_reboot -> finished 100
            LinodeBootRefused | linode_boot/host_reboot/linode_reboot -> failed 100
            LinodeShutdownRequested | linode_shutdown started
            LinodeStopped | linode_shutdown -> finished 100
            LinodeRebootRequested | linode_reboot started
            LinodeRebooted | linode_reboot -> finished 100
            LinodeUpdated | linode_update notification
            LinodeResizeRequested | linode_resize_create notification, linode_resize started, linode_boot scheduled
            LinodeResized | linode_resize -> finished 100
            LinodeResizeRefused | linode_resize/linode_boot -> failed 100
            LinodeRebuildRequested | linode_rebuild started with image, linode_boot scheduled with linode_config
            LinodeRebuildStarted | linode_rebuild -> started 30
            LinodeRebuilt | linode_rebuild -> finished 100
            LinodeDiskChangeRequested | disk_create started with disk
            LinodeDiskChanged | disk_create -> finished 100
            LinodeDiskRefused | disk_create -> failed 100
            LinodeMoveRequested | linode_migrate scheduled
            LinodeMoved | linode_migrate -> finished 100
            LinodeMoveAborted | linode_migrate -> failed 100
            LinodeDeletionRequested | linode_delete started
            LinodeDestroyRequested | linode_delete -> started 30
            LinodeTornDown | linode_delete -> started 60
            LinodeDeleted | linode_delete -> finished 100, everything -> failed 100
            VolumeCreated | volume_clone started
            VolumeReady | volume_create/volume_clone -> finished 100
            VolumeCreateFailed | volume_create/volume_clone -> failed 100
            VolumeUpdated | volume_update notification
            VolumeAttachRequested | volume_attach started with linode
            VolumeAttached | volume_attach -> finished 100
            VolumeAttachFailed | volume_attach -> failed 100
            VolumeDetachRequested | volume_detach started with linode
            VolumeDetached | volume_detach -> finished 100, volume_attach -> failed 100
            VolumeDetachFailed | volume_detach -> failed 100
            VolumeResizeRequested | volume_resize started
            VolumeResized | volume_resize -> finished 100
            VolumeResizeFailed | volume_resize -> failed 100
            VolumeDeletionRequested | volume_delete started
            VolumeDeleted | volume_delete -> finished 100, everything -> failed 100
            MigrationStarted | linode_migrate -> started 5
            CopyStarted | linode_migrate -> started 20
            HandoverCommitted | linode_migrate -> started 90
            """;

    static final Map<String, String> OF = read();

    private Meanings() {}

    private static Map<String, String> read() {
        Map<String, String> meanings = new TreeMap<>();
        TABLE.lines().map(line -> line.split(" \\| ")).forEach(parts -> meanings.put(parts[0], parts[1]));
        return meanings;
    }
}
