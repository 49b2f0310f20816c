package lpm.scheduler.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostClaimRefused;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.platform.Decision;
import lpm.scheduler.host.HostState.Enrolled;
import lpm.scheduler.host.HostState.Fenced;
import lpm.scheduler.host.HostState.Holdings;
import lpm.scheduler.host.HostState.Identity;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Unknown;

/**
 * Which announced incarnation gets an epoch. A machine is known by its key: a new incarnation with the same key is the
 * same machine started again, so nothing of the old one can still run. Another key is another machine (or one that lost
 * its disk): it waits until the first is fenced, because silence alone does not prove that nothing runs there.
 */
final class Registering {
    private Registering() {}

    static Decision<HostEvent> announced(HostAnnounced announced, HostState state) {
        return switch (state) {
            // it announces itself again after it was enrolled
            case Unknown _ -> Decision.accept();
            case Enrolled it -> Decision.accept(registered(it.identity(), announced, 1, Holdings.NONE));
            case Fenced it ->
                Decision.accept(
                        registered(it.identity(), announced, it.registration().hostEpoch() + 1, it.holdings()));
            case Registered it -> whileRegistered(announced, it);
        };
    }

    private static Decision<HostEvent> whileRegistered(HostAnnounced announced, Registered it) {
        long epoch = it.registration().hostEpoch();
        if (announced.incarnation().equals(it.registration().incarnation())) {
            return announced.by().hostEpoch() == epoch
                    ? Decision.accept()
                    : Decision.accept(registered(it.identity(), announced, epoch, Holdings.NONE));
        }
        if (announced.publicKey().equals(it.registration().publicKey())) {
            return Decision.accept(registered(it.identity(), announced, epoch + 1, it.holdings()));
        }
        boolean known = it.claim()
                .filter(claim -> claim.incarnation().equals(announced.incarnation()))
                .isPresent();
        return known
                ? Decision.accept()
                : Decision.accept(new HostClaimRefused(it.identity().host(), announced, epoch));
    }

    /** What follows once the current registration is over: a waiting claim gets the next epoch. */
    static List<HostEvent> afterwards(Registered it, HostEvent over) {
        List<HostEvent> events = new ArrayList<>(List.of(over));
        Optional<HostAnnounced> claim = it.claim();
        claim.ifPresent(each ->
                events.add(registered(it.identity(), each, it.registration().hostEpoch() + 1, it.holdings())));
        return events;
    }

    private static HostRegistered registered(Identity identity, HostAnnounced told, long hostEpoch, Holdings held) {
        List<LinodeId> heldBefore = held.linodes();
        return new HostRegistered(
                identity.host(),
                hostEpoch,
                told.incarnation(),
                identity.region(),
                told.capacity(),
                told.pools(),
                told.hypervisor(),
                told.cpuModel(),
                told.migrationUri(),
                told.publicKey(),
                heldBefore);
    }
}
