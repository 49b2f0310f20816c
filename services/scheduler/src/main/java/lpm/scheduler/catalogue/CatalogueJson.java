package lpm.scheduler.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API's shapes of what can be ordered. */
public final class CatalogueJson {
    private CatalogueJson() {}

    /** A price in US dollars. */
    public record Price(double hourly, double monthly) {}

    /** A price that differs in one region. */
    public record RegionPrice(String id, double hourly, double monthly) {}

    /** What can be added to a Linode. */
    public record Addons(Backups backups) {}

    /** What backups cost. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Backups(Price price, List<RegionPrice> regionPrices) {}

    /** A size of Linodes. Memory and disk in MB, transfer in GB, {@code networkOut} in Mbit/s. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record LinodeType(
            String id,
            String label,
            Price price,
            List<RegionPrice> regionPrices,
            Addons addons,
            long memory,
            long disk,
            int transfer,
            int vcpus,
            int gpus,
            int networkOut,
            @JsonProperty("class") String kind,
            @Nullable String successor,
            int acceleratedDevices) {}

    /** Where Linodes can run. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RegionJson(
            String id,
            String label,
            String country,
            List<String> capabilities,
            Monitors monitors,
            String status,
            Resolvers resolvers,
            GroupLimits placementGroupLimits,
            String siteType) {}

    /** What can be monitored there. */
    public record Monitors(List<String> alerts, List<String> metrics) {}

    /** Name servers, comma-separated. */
    public record Resolvers(String ipv4, String ipv6) {}

    /** How large placement groups may be. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record GroupLimits(
            @Nullable Integer maximumPgsPerCustomer, int maximumLinodesPerPg, int maximumLinodesPerFlexiblePg) {}

    /** Whether a region has room for a type now. */
    public record Availability(String region, String plan, boolean available) {}

    /** What accounts may have in a region. */
    public record Offer(String region, List<String> available, List<String> unavailable) {}

    /** A kernel. {@code kvm} false: of the Xen years. */
    public record Kernel(
            String id,
            String label,
            String version,
            boolean kvm,
            String architecture,
            boolean pvops,
            boolean deprecated,
            @Nullable String built) {}

    /**
     * What new disks can be made from; storage shows them in full.
     *
     * @param kernel what a Linode made from it boots when nothing else is asked for; null means the boot loader
     */
    public record Image(
            String id,
            String label,
            long size,
            String vendor,
            @Nullable String kernel) {}
}
