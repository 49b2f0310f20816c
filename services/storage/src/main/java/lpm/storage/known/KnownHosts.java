package lpm.storage.known;

import java.util.List;
import java.util.function.UnaryOperator;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostFenceRequested;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.platform.KnownView;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Rows;

/** Which hosts there are, what they reach, and whether they can be asked to work. */
public final class KnownHosts implements KnownView {
    /** Where the rows are. */
    public static final String TABLE = "known_host_view";

    /**
     * One registered host.
     *
     * @param live heard, and neither fenced nor about to be
     */
    public record Row(String host, String region, long hostEpoch, List<PoolId> pools, boolean live, long fencedEpoch) {
        public Row {
            pools = List.copyOf(pools);
        }

        /** The host in its newest registration. */
        public HostRef ref() {
            return new HostRef(HostId.of(host), hostEpoch);
        }

        public boolean reaches(PoolId pool) {
            return pools.contains(pool);
        }

        private Row live(boolean now) {
            return new Row(host, region, hostEpoch, pools, now && hostEpoch > fencedEpoch, fencedEpoch);
        }

        private Row fenced(long epoch) {
            return new Row(host, region, hostEpoch, pools, live, Math.max(fencedEpoch, epoch)).live(live);
        }
    }

    /** The live hosts of a region, by name. */
    public static List<Row> live(String region, Lookup rows) {
        Query query = Query.where("region", region).and("live", true).orderBy("host", false);
        return rows.find(TABLE, query, Row.class);
    }

    /** The hosts of a region that are not fenced in their newest registration, heard of or not, by name. */
    public static List<Row> notFenced(String region, Lookup rows) {
        Query query = Query.where("region", region).orderBy("host", false);
        return rows.find(TABLE, query, Row.class).stream()
                .filter(row -> row.hostEpoch() > row.fencedEpoch())
                .toList();
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        if (!(foreign.data() instanceof HostEvent event)) {
            return;
        }
        switch (event) {
            case HostRegistered registered -> register(registered, rows);
            case HostSuspected suspected -> change(event.host(), suspected.hostEpoch(), rows, row -> row.live(false));
            case HostTrusted trusted -> change(event.host(), trusted.hostEpoch(), rows, row -> row.live(true));
            case HostFenceRequested fence ->
                change(event.host(), fence.fenced().hostEpoch(), rows, row -> row.live(false));
            case HostFenced fenced ->
                change(event.host(), 0, rows, row -> row.fenced(fenced.fenced().hostEpoch()));
            default -> {
                // capacity, cordons and drains do not matter for work on bytes
            }
        }
    }

    private static void register(HostRegistered now, Rows rows) {
        String id = now.host().value();
        long fenced = rows.get(TABLE, id, Row.class).map(Row::fencedEpoch).orElse(0L);
        Row row = new Row(id, now.region().value(), now.hostEpoch(), now.pools(), true, fenced);
        rows.put(TABLE, id, row.live(true));
    }

    /** What is said of an older registration concerns nobody any more. */
    private static void change(HostId host, long epoch, Rows rows, UnaryOperator<Row> change) {
        rows.get(TABLE, host.value(), Row.class)
                .filter(row -> epoch == 0 || row.hostEpoch() == epoch)
                .ifPresent(row -> rows.put(TABLE, host.value(), change.apply(row)));
    }
}
