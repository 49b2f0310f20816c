package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.host.Telemetry.CopyProgress;

/** An attempt as {@code /ops/v1/migrations} shows it; {@code progress} only while a copy runs. */
record MigrationJson(
        long id,
        long linodeId,
        String type,
        String status,
        String sourceHost,
        String targetHost,
        long ownerEpoch,
        long nextEpoch,
        Optional<Progress> progress,
        Optional<Long> predictedPauseMillis,
        Optional<Long> hypervisorPauseMillis,
        Optional<Long> pausedMillis,
        Optional<Long> guestPauseMillis,
        Optional<String> guestPauseProbe,
        Optional<Long> predictedTotalMillis,
        Optional<Long> copyMillis,
        Optional<Long> totalMillis,
        Optional<String> reason,
        int probes,
        String created,
        String updated) {

    /** An estimate of the hypervisor's host, not a measurement. */
    record Progress(int percent, int round, long sentMib, long remainingMib, double mibPerSecond) {
        static Progress of(CopyProgress heard) {
            return new Progress(
                    heard.percent(), heard.round(), heard.sentMib(), heard.remainingMib(), heard.mibPerSecond());
        }
    }

    static MigrationJson of(MigrationRow row, Optional<CopyProgress> progress) {
        return new MigrationJson(
                row.id(),
                row.linodeId(),
                row.type(),
                row.status(),
                row.sourceHost(),
                row.targetHost(),
                row.ownerEpoch(),
                row.nextEpoch(),
                row.open() ? progress.map(Progress::of) : Optional.empty(),
                row.predictedPauseMillis(),
                row.hypervisorPauseMillis(),
                row.pausedMillis(),
                row.guestPauseMillis(),
                row.guestPauseProbe(),
                row.durations().flatMap(Durations::predictedTotalMillis),
                row.durations().flatMap(Durations::copyMillis),
                row.durations().flatMap(Durations::totalMillis),
                row.reason(),
                row.probes(),
                row.created(),
                row.updated());
    }
}
