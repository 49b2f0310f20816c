package lpm.scheduler.host;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.scheduler.host.HostRow.Size;
import lpm.scheduler.host.HostState.Drain;
import lpm.scheduler.host.HostState.Enrolled;
import lpm.scheduler.host.HostState.Fenced;
import lpm.scheduler.host.HostState.Holdings;
import lpm.scheduler.host.HostState.Identity;
import lpm.scheduler.host.HostState.Marks;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Registration;
import lpm.scheduler.host.HostState.Standing;
import lpm.scheduler.host.HostState.Unknown;

/** One row for each host, and one for each Linode it holds something for. */
public final class HostView implements View<HostEvent, HostState> {
    private static final Registration NOT_YET = new Registration(0, "", Resources.NONE, List.of(), "", "", "", "");

    @Override
    public List<String> tables() {
        return List.of(HostRow.TABLE, ReservationRow.TABLE);
    }

    @Override
    public void project(Envelope<HostEvent> event, HostState after, Rows rows) {
        if (!(after instanceof Unknown)) {
            rows.put(HostRow.TABLE, event.data().host().value(), row(after));
        }
        switch (event.data()) {
            case CapacityReserved e ->
                held(rows, e.host(), e.linode(), e.account().value(), e.resources());
            case CapacityResized e ->
                rows.get(ReservationRow.TABLE, ReservationRow.idOf(e.host(), e.linode()), ReservationRow.class)
                        .ifPresent(old -> held(rows, e.host(), e.linode(), old.accountId(), e.to()));
            case CapacityReleased e -> rows.delete(ReservationRow.TABLE, ReservationRow.idOf(e.host(), e.linode()));
            default -> {
                // nothing is held or freed by the others
            }
        }
    }

    private static void held(Rows rows, HostId host, LinodeId linode, long account, Resources resources) {
        rows.put(
                ReservationRow.TABLE,
                ReservationRow.idOf(host, linode),
                new ReservationRow(host.value(), linode.value(), account, resources.vcpus(), resources.memoryMib()));
    }

    /** The row of a host in this state. */
    public static HostRow row(HostState state) {
        return switch (state) {
            case Unknown _ -> throw new IllegalStateException("an unknown host has no row");
            case Enrolled it -> row(it.identity(), NOT_YET, it.marks(), Holdings.NONE, "enrolling", "", false);
            case Registered it ->
                row(
                        it.identity(),
                        it.registration(),
                        it.marks(),
                        it.holdings(),
                        it.standing() == Standing.trusted ? stateOf(it.marks()) : "suspected",
                        it.standing().name(),
                        it.claim().isPresent());
            case Fenced it ->
                row(it.identity(), it.registration(), it.marks(), it.holdings(), HostRow.FENCED, HostRow.FENCED, false);
        };
    }

    private static String stateOf(Marks marks) {
        if (marks.drain().isPresent()) {
            return marks.drain().get().done() ? "maintenance" : "draining";
        }
        return marks.cordoned().isPresent() ? "cordoned" : HostRow.ACTIVE;
    }

    private static HostRow row(
            Identity who,
            Registration registration,
            Marks marks,
            Holdings holdings,
            String state,
            String standing,
            boolean claimed) {
        Resources usable = HostRoom.usable(registration.capacity());
        return new HostRow(
                who.host().value(),
                who.region().value(),
                who.rack(),
                who.hostUuid(),
                state,
                standing,
                marks.cordoned().orElse(null),
                marks.drain().map(Drain::id).orElse(null),
                registration.hostEpoch(),
                registration.hypervisor(),
                registration.cpuModel(),
                registration.pools().stream().map(PoolId::value).toList(),
                Size.of(registration.capacity()),
                Size.of(usable),
                Size.of(holdings.sum()),
                free(usable, holdings.sum()),
                holdings.held().size(),
                claimed,
                registration.publicKey().isEmpty() ? null : registration.publicKey());
    }

    /** A host that came back smaller may hold more than it has. */
    private static Size free(Resources usable, Resources held) {
        return new Size(Math.max(0, usable.vcpus() - held.vcpus()), Math.max(0, usable.memoryMib() - held.memoryMib()));
    }
}
