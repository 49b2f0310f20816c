package lpm.storage.pool;

import java.util.Arrays;
import java.util.List;
import lpm.contracts.PoolId;
import lpm.contracts.Region;

/** One pool of shared storage, as configured. */
public record Pool(PoolId id, Region region, long capacityGib) {
    /** One pool with a PiB, where nothing is configured: that of the simulated hosts. */
    public static final String DEFAULT = "pool-us-east:us-east:1048576";

    public Pool {
        if (capacityGib <= 0) {
            throw new IllegalArgumentException("pool " + id + " must have a capacity in GiB, found " + capacityGib);
        }
    }

    /** Reads {@code <pool>:<region>:<capacity in GiB>}, several separated by commas. */
    public static List<Pool> parse(String text) {
        return Arrays.stream(text.split(",")).map(Pool::parseOne).toList();
    }

    private static Pool parseOne(String text) {
        String[] parts = text.strip().split(":");
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected <pool>:<region>:<capacity in GiB>, found " + text);
        }
        return new Pool(PoolId.of(parts[0]), Region.of(parts[1]), Long.parseLong(parts[2]));
    }
}
