package lpm.migration.live;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.migration.known.KnownHost;
import lpm.platform.Lookup;
import lpm.platform.Planner;

/**
 * Adds what is known of both hosts to a due reminder, so that a fence or registration that was heard before the
 * attempt began is not missed.
 */
final class CheckPlanner implements Planner<CheckAttempt> {
    @Override
    public Class<CheckAttempt> question() {
        return CheckAttempt.class;
    }

    @Override
    public List<List<Command>> plan(CheckAttempt question, Lookup rows) {
        return rows.get(MigrationView.TABLE, question.migration().toString(), MigrationRow.class)
                .filter(MigrationRow::open)
                .map(row -> new AttemptCommand.NoteSilence(
                        question.migration(),
                        question.step(),
                        question.probe(),
                        known(HostId.of(row.sourceHost()), rows),
                        known(HostId.of(row.targetHost()), rows)))
                .map(note -> List.of(List.<Command>of(note)))
                .orElse(List.of());
    }

    private static HostKnown known(HostId host, Lookup rows) {
        return rows.get(KnownHost.TABLE, host.value(), KnownHost.Row.class)
                .map(row -> new HostKnown(host, row.hostEpoch(), row.fencedEpoch()))
                .orElse(HostKnown.nothing(host));
    }
}
