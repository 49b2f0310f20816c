package lpm.storage.tenant;

import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.VolumeId;

/** What a tenant's volume account is told. */
public sealed interface TenantCommand extends Command {
    AccountId account();

    @Override
    default String aggregateId() {
        return "volume-tenant:" + account();
    }

    /** Take a label and a part of the quota for a new volume. */
    record TakeLabel(AccountId account, VolumeId volume, String label, long sizeGib, int maxVolumes, long maxGib)
            implements TenantCommand {}

    /** Give a volume another label. */
    record ChangeLabel(AccountId account, VolumeId volume, String label) implements TenantCommand {}

    /** Take more of the quota for a volume. */
    record TakeRoom(AccountId account, VolumeId volume, long sizeGib, long maxGib) implements TenantCommand {}

    /** A volume did not grow after all: give back what was taken for it. */
    record GiveRoomBack(AccountId account, VolumeId volume, long sizeGib) implements TenantCommand {}

    /** A volume is gone: its label and its part of the quota are free. */
    record Free(AccountId account, VolumeId volume) implements TenantCommand {}

    /** The tenant may have more or less from now on. */
    record NoteLimits(AccountId account, int volumes, long volumeGib) implements TenantCommand {}

    /** The tenant may not, or may again, take anything new. */
    record NoteSuspended(AccountId account, boolean suspended) implements TenantCommand {}
}
