package lpm.contracts.storage;

import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.VolumeId;

/** A tenant as storage sees it: labels and quota of volumes in use; aggregate {@code volume-tenant:<account>}. */
public sealed interface VolumeTenantEvent extends Event {
    AccountId account();

    /** A label and a part of the quota are taken. */
    record VolumeLabelTaken(AccountId account, VolumeId volume, String label, long sizeGib)
            implements VolumeTenantEvent {}

    /** A volume's label changed. */
    record VolumeLabelChanged(AccountId account, VolumeId volume, String from, String to)
            implements VolumeTenantEvent {}

    /** A volume takes another part of the quota. */
    record VolumeRoomChanged(AccountId account, VolumeId volume, long fromGib, long toGib)
            implements VolumeTenantEvent {}

    /** Label and part of the quota are free. */
    record VolumeLabelFreed(AccountId account, VolumeId volume, String label, long sizeGib)
            implements VolumeTenantEvent {}

    /** How many volumes the tenant may have and how big they may be together, as last heard from account. */
    record VolumesLimited(AccountId account, int volumes, long volumeGib, boolean suspended)
            implements VolumeTenantEvent {}
}
