package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Command;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.host.HostRow;

/**
 * Sends the secret of a disk to the host that is asked to make it, but not to a registration that is over or fenced:
 * the Linode may be lost there, and nothing more is asked of that host. Storage asks another one, or this one anew.
 */
public final class SecretPlanner implements Planner<WantSecret> {
    @Override
    public Class<WantSecret> question() {
        return WantSecret.class;
    }

    @Override
    public List<List<Command>> plan(WantSecret question, Lookup rows) {
        return rows.get(HostRow.TABLE, question.at().host().value(), HostRow.class)
                .filter(host ->
                        host.ref().equals(question.at()) && !host.state().equals(HostRow.FENCED))
                .map(_ -> List.of(List.<Command>of(
                        new LinodeCommand.SendSecret(question.linode(), question.at(), question.secretRef()))))
                .orElse(List.of());
    }
}
