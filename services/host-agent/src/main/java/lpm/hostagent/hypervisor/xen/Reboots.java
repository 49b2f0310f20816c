package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Domain;

/**
 * Guests that reboot themselves: libvirt destroys the domain and starts another one, and between the two Xen shows
 * nothing of it. As long as libvirt still knows the guest, that is no stop. Only of guests that nobody moves: there the
 * same sight means that the copy has left.
 */
final class Reboots {
    /** After so long without a domain a guest that libvirt still knows has stopped all the same. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<LinodeId, Ran> ran = new ConcurrentHashMap<>();

    private record Ran(Domain domain, long atNanos) {
        boolean isRecent() {
            return System.nanoTime() - atNanos < LIMIT.toNanos();
        }
    }

    /** What a look has shown of a guest. */
    void seen(Domain domain) {
        DomainSeen seen = domain.seen();
        if (seen.state() == State.running && !seen.jobRunning()) {
            ran.put(seen.linode(), new Ran(domain, System.nanoTime()));
        } else {
            forget(seen.linode());
        }
    }

    /** Somebody stops it, or sends it away. */
    void forget(LinodeId linode) {
        ran.remove(linode);
    }

    /** Whether a domain that has shut down to reboot may still be started anew. */
    boolean isUnderWay(LinodeId linode) {
        Ran last = ran.get(linode);
        return last != null && last.isRecent();
    }

    /** Guests that ran until a moment ago and are not shown: perhaps between two starts. */
    List<Domain> missing(Set<LinodeId> shown) {
        return ran.values().stream()
                .filter(Ran::isRecent)
                .map(Ran::domain)
                .filter(each -> !shown.contains(each.seen().linode()))
                .toList();
    }
}
