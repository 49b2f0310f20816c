package lpm.storage.known;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeletionRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeRecoveryPlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeUpdated;
import lpm.platform.KnownView;
import lpm.platform.Rows;

/** Whose each Linode is, what it is called and where it runs. */
public final class KnownLinodes implements KnownView {
    /** Where the rows are. */
    public static final String TABLE = "known_linode_view";

    /** One Linode. */
    public record Row(long linode, long account, String region, String label, Optional<HostRef> at, boolean deleting) {
        private Row at(HostRef host) {
            return new Row(linode, account, region, label, Optional.of(host), deleting);
        }

        private Row named(String other) {
            return new Row(linode, account, region, other, at, deleting);
        }

        private Row leaving() {
            return new Row(linode, account, region, label, at, true);
        }
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        if (!(foreign.data() instanceof LinodeEvent event)) {
            return;
        }
        switch (event) {
            case LinodeCreated created -> rows.put(TABLE, created.linode().toString(), row(created));
            case LinodePlaced placed -> change(placed.linode(), rows, row -> row.at(placed.at()));
            case LinodeMoved moved -> change(moved.linode(), rows, row -> row.at(moved.target()));
            case LinodeReplaced replaced -> change(replaced.linode(), rows, row -> row.at(replaced.target()));
            case LinodeRecoveryPlaced placed -> change(placed.linode(), rows, row -> row.at(placed.at()));
            case LinodeUpdated updated ->
                change(
                        updated.linode(),
                        rows,
                        row -> row.named(updated.details().label()));
            case LinodeDeletionRequested deletion -> change(deletion.linode(), rows, Row::leaving);
            case LinodeDeleted deleted -> rows.delete(TABLE, deleted.linode().toString());
            default -> {
                // power and jobs do not matter for bytes
            }
        }
    }

    private static Row row(LinodeCreated created) {
        return new Row(
                created.linode().value(),
                created.account().value(),
                created.region().value(),
                created.details().label(),
                Optional.empty(),
                false);
    }

    private static void change(LinodeId linode, Rows rows, UnaryOperator<Row> change) {
        rows.get(TABLE, linode.toString(), Row.class)
                .ifPresent(row -> rows.put(TABLE, linode.toString(), change.apply(row)));
    }
}
