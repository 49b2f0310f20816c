package lpm.scheduler.host;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;

/** What a host holds for one Linode. A Linode that moves has two of these. */
@JsonNaming(SnakeCaseStrategy.class)
public record ReservationRow(String host, long linodeId, long accountId, int vcpus, long memoryMib) {
    /** The table of these rows, by {@link #idOf}. */
    public static final String TABLE = "reservation_view";

    /** The id of a row. */
    public static String idOf(HostId host, LinodeId linode) {
        return host + "/" + linode;
    }

    public AccountId account() {
        return new AccountId(accountId);
    }

    public LinodeId linode() {
        return new LinodeId(linodeId);
    }

    public Resources resources() {
        return new Resources(vcpus, memoryMib);
    }
}
