package lpm.hostagent.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.HostReport;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.report.Reports;

/**
 * Probes the guests that come to this host, from the moment a copy is awaited until some time after it was resumed, and
 * tells what was measured. Nothing of it survives the agent: a pause that was not measured is not told.
 */
public final class PauseWatch {
    /** A guest that does not answer so long after its resumption is not waited for. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PauseProbe probe;
    private final Journal journal;
    private final Reports reports;
    private final InstantSource clock;
    private final Map<MigrationId, Watched> watched = new ConcurrentHashMap<>();

    public PauseWatch(PauseProbe probe, Journal journal, Reports reports, InstantSource clock) {
        this.probe = probe;
        this.journal = journal;
        this.reports = reports;
        this.clock = clock;
    }

    /** A guest under watch, until then. */
    private record Watched(LinodeId linode, Instant until) {}

    /** A copy is awaited here: the guest still answers from the source. */
    public void begin(IncomingOrder order) {
        List<String> addresses = order.spec().nics().stream()
                .flatMap(nic -> nic.addresses().stream())
                .toList();
        watched.forEach((migration, each) -> {
            if (each.linode().equals(order.linode())) {
                end(migration);
            }
        });
        watched.put(
                order.migration(), new Watched(order.linode(), clock.instant().plus(PingProbe.LONGEST)));
        probe.begin(order.migration(), order.linode(), addresses);
    }

    /** Right before the copy is resumed here. */
    public void switchingOver(MigrationId migration) {
        watched.computeIfPresent(
                migration,
                (_, each) -> new Watched(each.linode(), clock.instant().plus(PATIENCE)));
        probe.switchingOver(migration);
    }

    /** The copy will not come. */
    public void end(MigrationId migration) {
        watched.remove(migration);
        probe.end(migration);
    }

    /** Tells what is measured by now of Linodes that are known to run here, and ends what has had its time. */
    public void tick() {
        watched.forEach((migration, each) -> {
            boolean runs = journal.state().hostEpoch() > 0
                    && journal.state().linode(each.linode()).runs();
            Optional<PauseProbe.Measured> measured = runs ? probe.measured(migration) : Optional.empty();
            measured.ifPresent(it -> tell(migration, each.linode(), it));
            if (measured.isPresent() || clock.instant().isAfter(each.until())) {
                end(migration);
            }
        });
    }

    private void tell(MigrationId migration, LinodeId linode, PauseProbe.Measured it) {
        HostReport fact =
                new HostReport.GuestPauseMeasured(reports.self(), migration, linode, it.pauseMillis(), it.by());
        reports.commit(journal.state().linode(linode).origin(), List.of(fact), List.of());
    }
}
