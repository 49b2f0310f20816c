package lpm.hostagent;

import java.time.InstantSource;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.report.ReportSink;
import lpm.hostagent.report.TelemetrySink;
import lpm.hostagent.steps.Machine;

/** Everything an agent touches. The clock must never go back. */
public record AgentPorts(
        Machine machine, Journal journal, ReportSink reports, TelemetrySink telemetry, InstantSource clock) {}
