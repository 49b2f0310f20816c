package lpm.storage.tenant;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.VolumeId;

/** What a tenant has of volumes, and may have as last heard. */
public record TenantState(Optional<AccountId> account, List<Held> held, Optional<Limit> limit, boolean suspended) {
    static final TenantState NOTHING = new TenantState(Optional.empty(), List.of(), Optional.empty(), false);

    public TenantState {
        held = List.copyOf(held);
    }

    /** One volume. */
    record Held(VolumeId volume, String label, long sizeGib) {}

    /** How many volumes, and how big together. */
    record Limit(int volumes, long volumeGib) {}

    Optional<Held> find(VolumeId volume) {
        return held.stream().filter(each -> each.volume().equals(volume)).findFirst();
    }

    boolean uses(String label) {
        return held.stream().anyMatch(each -> each.label().equals(label));
    }

    long sizeGib() {
        return held.stream().mapToLong(Held::sizeGib).sum();
    }
}
