package lpm.scheduler.address;

import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Query;

/**
 * Candidates for a region's addresses, from the range reserved for tests (198.18.0.0/15). Uniqueness is the address's
 * own decision; addresses never used come first, so that a released one rests as long as possible.
 */
public final class AddressPool {
    /** Candidates a create tries before the pool counts as exhausted. */
    public static final int MAX_CANDIDATES = 20;

    /** Host numbers a region has: a /17, without its network, gateway and broadcast addresses. */
    private static final int ADDRESSES_PER_REGION = 32_765;

    private static final int FIRST_NUMBER = 2;
    private static final List<String> REGIONS = List.of("us-east", "us-central", "us-west", "eu-west");

    private final Ids ids;
    private final Lookup rows;

    public AddressPool(Ids ids, Lookup rows) {
        this.ids = ids;
        this.rows = rows;
    }

    /** The next address to try; empty when the region has none left. */
    public Optional<String> candidate(Region region) {
        int slice = REGIONS.indexOf(region.value());
        if (slice < 0) {
            return Optional.empty();
        }
        long number = ids.next("address_" + region.value().replace('-', '_'));
        return number <= ADDRESSES_PER_REGION
                ? Optional.of(ipv4(slice, (int) number + FIRST_NUMBER - 1))
                : released(region);
    }

    private Optional<String> released(Region region) {
        Query free = Query.where("region", region.value()).and("linode_id", 0L).limit(1);
        return rows.find(AddressView.ADDRESSES, free, AddressView.Row.class).stream()
                .map(AddressView.Row::address)
                .findFirst();
    }

    private static String ipv4(int slice, int number) {
        int second = 18 + slice / 2;
        int third = (slice % 2) * 128 + number / 256;
        return "198." + second + "." + third + "." + number % 256;
    }

    /** The gateway of an address's network: the first address of its slice. */
    public static String gateway(String ipv4) {
        String[] parts = ipv4.split("\\.");
        int third = Integer.parseInt(parts[2]) < 128 ? 0 : 128;
        return parts[0] + "." + parts[1] + "." + third + ".1";
    }

    /** A Linode's MAC address: derived from its id, so that no two have the same. */
    public static String mac(LinodeId linode) {
        long id = linode.value();
        return "f2:3c:%02x:%02x:%02x:%02x".formatted(id >> 24 & 255, id >> 16 & 255, id >> 8 & 255, id & 255);
    }

    /** The address a Linode gives itself in its region's prefix (EUI-64 of its MAC), with the prefix length. */
    public static String slaac(Region region, LinodeId linode) {
        long slice = Math.max(0, REGIONS.indexOf(region.value()));
        return "2001:db8:%x::%s/128".formatted(slice + 1, interfaceId(linode));
    }

    /** The link-local address that goes with it. */
    public static String linkLocal(LinodeId linode) {
        return "fe80::" + interfaceId(linode);
    }

    private static String interfaceId(LinodeId linode) {
        long id = linode.value();
        return "f03c:%x:%x:%x".formatted((id >> 16 & 0xff00) | 0xff, 0xfe00 | (id >> 16 & 0xff), id & 0xffff);
    }
}
