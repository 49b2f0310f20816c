package lpm.scheduler.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.AddressEvent.*;
import lpm.platform.DeciderSpec;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.address.AddressCommand.*;
import org.junit.jupiter.api.Test;

class AddressDeciderTest {
    private static final Region EAST = new Region("us-east");
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);
    private static final String IP = "198.18.0.2";

    private final DeciderSpec<AddressCommand, AddressState, AddressEvent> address =
            DeciderSpec.of(new AddressDecider());

    @Test
    void belongsToOneLinodeUntilItIsReleased() {
        address.when(new AssignAddress(IP, EAST, ONE))
                .then(new AddressAssigned(IP, EAST, ONE))
                .when(new AssignAddress(IP, EAST, ONE))
                .thenNothing()
                .when(new AssignAddress(IP, EAST, TWO))
                .thenRefused(AddressDecider.TAKEN)
                .when(new ReleaseAddress(IP, TWO))
                .thenNothing()
                .when(new ReleaseAddress(IP, ONE))
                .then(new AddressReleased(IP, EAST, ONE))
                .when(new AssignAddress(IP, EAST, TWO))
                .then(new AddressAssigned(IP, EAST, TWO));
    }

    @Test
    void offersAddressesInOrderAndReleasedOnesOnlyWhenAllWereUsed() {
        AtomicLong last = new AtomicLong();
        InMemoryRows rows = new InMemoryRows();
        AddressPool pool = new AddressPool(kind -> kind.matches("[a-z_]+") ? last.incrementAndGet() : 0, rows);
        assertThat(pool.candidate(EAST)).contains("198.18.0.2");
        assertThat(pool.candidate(EAST)).contains("198.18.0.3");
        assertThat(pool.candidate(new Region("moon"))).isEmpty();
        last.set(32_764);
        assertThat(pool.candidate(EAST)).contains("198.18.127.254");
        assertThat(pool.candidate(EAST)).isEmpty();
        rows.put(AddressView.ADDRESSES, IP, new AddressView.Row(IP, "us-east", 0));
        assertThat(pool.candidate(EAST)).contains(IP);
    }

    @Test
    void derivesMacAndSlaacFromTheId() {
        assertThat(AddressPool.mac(new LinodeId(0x01020304))).isEqualTo("f2:3c:01:02:03:04");
        assertThat(AddressPool.slaac(EAST, new LinodeId(0x01020304))).isEqualTo("2001:db8:1::f03c:1ff:fe02:304/128");
        assertThat(AddressPool.linkLocal(new LinodeId(7))).isEqualTo("fe80::f03c:ff:fe00:7");
        assertThat(AddressPool.gateway("198.18.200.7")).isEqualTo("198.18.128.1");
    }
}
