package lpm.hostagent.report;

import lpm.contracts.Envelope;

/** Where soft state goes; it may be lost. */
public interface TelemetrySink {
    void tell(Envelope<?> telemetry);
}
