package lpm.contracts.scheduler;

import java.util.List;

/** What a customer may change of a Linode at any time. */
public record LinodeDetails(
        String label, String group, List<String> tags, boolean watchdogEnabled, String maintenancePolicy) {
    public LinodeDetails {
        tags = List.copyOf(tags);
    }
}
