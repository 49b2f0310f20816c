package lpm.scheduler.host;

import java.util.Optional;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.platform.Decision;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Standing;
import org.jspecify.annotations.Nullable;

/** Holding memory and virtual CPUs for Linodes: never more than there is. */
final class Capacity {
    private Capacity() {}

    static Decision<HostEvent> reserve(ReserveCapacity reserve, HostState state) {
        if (!(state instanceof Registered it)
                || it.registration().hostEpoch() != reserve.at().hostEpoch()) {
            return Decision.reject("Host " + reserve.host() + " is not registered under epoch "
                    + reserve.at().hostEpoch() + ".");
        }
        Resources held = it.holdings().of(reserve.linode());
        if (reserve.resources().equals(held)) {
            return Decision.accept();
        }
        if (held != null) {
            return Decision.reject(
                    "Host " + reserve.host() + " already holds another size for Linode " + reserve.linode() + ".");
        }
        Optional<String> obstacle = closed(it).or(() -> lacking(it, reserve.resources()));
        return obstacle.<Decision<HostEvent>>map(each -> Decision.reject("Host " + reserve.host() + ": " + each + "."))
                .orElseGet(() -> Decision.accept(new CapacityReserved(
                        reserve.host(), reserve.linode(), reserve.account(), reserve.resources())));
    }

    static Decision<HostEvent> resize(ResizeCapacity resize, HostState state) {
        Resources held = HostDecider.holdings(state).of(resize.linode());
        if (resize.to().equals(held)) {
            return Decision.accept();
        }
        if (!resize.from().equals(held)) {
            return Decision.reject("Host " + resize.host() + " does not hold " + told(resize.from()) + " for Linode "
                    + resize.linode() + ".");
        }
        Resources more = growth(resize.from(), resize.to());
        Optional<String> obstacle = more.equals(Resources.NONE)
                ? Optional.empty()
                : state instanceof Registered it ? lacking(it, more) : Optional.of("it is fenced");
        return obstacle.<Decision<HostEvent>>map(each -> Decision.reject("Host " + resize.host() + ": " + each + "."))
                .orElseGet(() -> Decision.accept(
                        new CapacityResized(resize.host(), resize.linode(), resize.from(), resize.to())));
    }

    static Decision<HostEvent> release(ReleaseCapacity release, HostState state) {
        @Nullable Resources held = HostDecider.holdings(state).of(release.linode());
        return held == null
                ? Decision.accept()
                : Decision.accept(new CapacityReleased(release.host(), release.linode(), held));
    }

    /** Why it takes no new Linodes; empty when it does. */
    private static Optional<String> closed(Registered it) {
        if (it.standing() != Standing.trusted) {
            return Optional.of("it is suspected");
        }
        if (it.marks().drain().isPresent()) {
            return Optional.of("it is being drained");
        }
        return it.marks().cordoned().map(_ -> "it is cordoned");
    }

    private static Optional<String> lacking(Registered it, Resources more) {
        return HostRoom.lacking(
                HostRoom.usable(it.registration().capacity()), it.holdings().sum(), more);
    }

    private static Resources growth(Resources from, Resources to) {
        return new Resources(Math.max(0, to.vcpus() - from.vcpus()), Math.max(0, to.memoryMib() - from.memoryMib()));
    }

    private static String told(Resources resources) {
        return resources.vcpus() + " vCPUs and " + resources.memoryMib() + " MiB";
    }
}
