package lpm.storage.disk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.known.KnownHosts;
import lpm.storage.known.KnownLinodes;

/**
 * Chooses who is asked again: the same host if it lives (in its newest registration), else the Linode's host, else
 * any live host of the region. All reach the same pool. Where nobody lives the same host stays asked.
 */
final class RecheckDisksPlanner implements Planner<RecheckDisks> {
    @Override
    public Class<RecheckDisks> question() {
        return RecheckDisks.class;
    }

    @Override
    public List<List<Command>> plan(RecheckDisks question, Lookup rows) {
        Optional<KnownHosts.Row> last =
                rows.get(KnownHosts.TABLE, question.last().host().value(), KnownHosts.Row.class);
        Optional<KnownLinodes.Row> linode =
                rows.get(KnownLinodes.TABLE, question.linode().toString(), KnownLinodes.Row.class);
        Optional<KnownHosts.Row> home = linode.flatMap(KnownLinodes.Row::at)
                .flatMap(at -> rows.get(KnownHosts.TABLE, at.host().value(), KnownHosts.Row.class));
        Stream<KnownHosts.Row> others = linode.map(KnownLinodes.Row::region)
                .or(() -> last.map(KnownHosts.Row::region))
                .map(region -> KnownHosts.live(region, rows).stream())
                .orElse(Stream.of());
        HostRef next = Stream.concat(Stream.concat(last.stream(), home.stream()), others)
                .filter(KnownHosts.Row::live)
                .map(KnownHosts.Row::ref)
                .findFirst()
                .orElse(question.last());
        return List.of(List.of(new DiskCommand.AskAgain(question.linode(), question.work(), question.asked(), next)));
    }
}
