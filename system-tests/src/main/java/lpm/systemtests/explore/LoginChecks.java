package lpm.systemtests.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import lpm.platform.Query;
import lpm.platform.json.EnvelopeJson;
import lpm.scheduler.linode.LinodeState;
import lpm.scheduler.linode.Secrets;
import lpm.systemtests.simulation.Bus;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.Logins;
import lpm.systemtests.simulation.SimulatedApp;

/** Logins of disks: told to nobody in clear, in the disks that they were ordered for, and then forgotten. */
final class LoginChecks {
    static final String IN_CLEAR = "no secret is told in clear";
    static final String LETS_IN = "a disk lets in whom it was ordered for";
    static final String FORGOTTEN = "a secret is forgotten when its disk is settled";

    private final Cell cell;

    LoginChecks(Cell cell) {
        this.cell = cell;
        cell.bus().watch(this::published);
    }

    /** Every event of a service gets onto its topic as it is stored. */
    private void published(Bus.Published record) {
        if (!cell.logins().ordered().isEmpty()) {
            String text = new String(EnvelopeJson.write(record.envelope()), StandardCharsets.UTF_8);
            if (Logins.areIn(text)) {
                throw new Violation(IN_CLEAR, record.topic() + " has " + text);
            }
        }
    }

    /** Once everything has ended. */
    void check() {
        cell.services().forEach(LoginChecks::rows);
        cell.logins().ordered().forEach((disk, owner) -> {
            if (!cell.xen().letsIn(disk, owner)) {
                throw new Violation(LETS_IN, "disk " + disk + " does not");
            }
        });
        cell.service("scheduler").rows().find(Secrets.TABLE, Query.all(), Secrets.Row.class).stream()
                .filter(each -> isSettled("linode:" + each.linode()))
                .findFirst()
                .ifPresent(each -> {
                    throw new Violation(FORGOTTEN, "that of disk " + each.disk() + " is still there");
                });
    }

    /** A Linode without a host may still get one, and then its disks. */
    private boolean isSettled(String linode) {
        return cell.service("scheduler")
                .state(linode, LinodeState.class)
                .filter(LinodeState.Unplaced.class::isInstance)
                .isEmpty();
    }

    private static void rows(SimulatedApp service) {
        Stream.concat(service.viewTables().stream(), service.knownTables().stream())
                .forEach(table -> service.rows().find(table, Query.all(), JsonNode.class).stream()
                        .map(JsonNode::toString)
                        .filter(Logins::areIn)
                        .forEach(row -> {
                            throw new Violation(IN_CLEAR, "a row of " + service.name() + "." + table + " has " + row);
                        }));
    }
}
