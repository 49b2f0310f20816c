package lpm.storage.tenant;

import lpm.contracts.storage.VolumeTenantEvent;
import lpm.platform.Feature;

/** The feature as a value, for the list in the service's app. */
public final class TenantFeature {
    private TenantFeature() {}

    public static Feature<TenantCommand, TenantState, VolumeTenantEvent> feature() {
        return Feature.of(
                        "volume-tenant",
                        TenantCommand.class,
                        TenantState.class,
                        VolumeTenantEvent.class,
                        new TenantDecider())
                .listening(new TenantInbox());
    }
}
