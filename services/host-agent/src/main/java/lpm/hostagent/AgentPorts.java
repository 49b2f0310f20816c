package lpm.hostagent;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import lpm.contracts.PoolId;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.report.ReportSink;
import lpm.hostagent.report.TelemetrySink;
import lpm.hostagent.steps.Machine;

/**
 * Everything an agent touches. The clock must never go back.
 *
 * @param pools how each pool was when it was last looked at; must not wait
 */
public record AgentPorts(
        Machine machine,
        Supplier<Map<PoolId, Sight>> pools,
        Journal journal,
        ReportSink reports,
        TelemetrySink telemetry,
        InstantSource clock) {
    /** Of a host whose pools nobody looks at. */
    public AgentPorts(
            Machine machine, Journal journal, ReportSink reports, TelemetrySink telemetry, InstantSource clock) {
        this(machine, Map::of, journal, reports, telemetry, clock);
    }
}
