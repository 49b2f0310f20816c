package lpm.hostagent.report;

import java.util.concurrent.CompletionStage;
import lpm.contracts.Envelope;

/** Where reports go: the host's events topic. Keeps their order; completes when the report can no longer be lost. */
public interface ReportSink {
    CompletionStage<?> send(Envelope<?> report);
}
