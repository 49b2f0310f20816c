package lpm.scheduler.host;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;
import org.jspecify.annotations.Nullable;

/** A host from unknown to fenced, and back by its next registration. */
public sealed interface HostState {
    /** Nobody enrolled it. */
    record Unknown() implements HostState {}

    /** Enrolled; its agent has not asked for an epoch yet. */
    record Enrolled(Identity identity, Marks marks) implements HostState {}

    /** One incarnation of it is believed. {@code claim} is another one that was refused. */
    record Registered(
            Identity identity,
            Registration registration,
            Standing standing,
            Marks marks,
            Holdings holdings,
            Optional<HostAnnounced> claim)
            implements HostState {
        HostRef ref() {
            return new HostRef(identity.host(), registration.hostEpoch());
        }

        Registered standing(Standing other) {
            return new Registered(identity, registration, other, marks, holdings, claim);
        }
    }

    /** Shut out at the pools; whatever reports under this epoch is not believed. */
    record Fenced(Identity identity, Registration registration, Marks marks, Holdings holdings) implements HostState {}

    /** What an operator said when the host was enrolled. */
    record Identity(HostId host, Region region, String rack, String hostUuid) {}

    /** What the incarnation told about itself. */
    record Registration(
            long hostEpoch,
            String incarnation,
            Resources capacity,
            List<PoolId> pools,
            String hypervisor,
            String cpuModel,
            String migrationUri,
            String publicKey) {
        public Registration {
            pools = List.copyOf(pools);
        }
    }

    /** How far a registered host is believed to live. */
    enum Standing {
        trusted,
        /** Silent. */
        suspected,
        /** Storage was asked to shut it out if its lease is not renewed either. */
        fencing,
        /** Storage was asked to shut it out in any case. */
        condemned,
        /** Silent, but storage saw that its lease is renewed. */
        spared
    }

    /** What operators asked for. */
    record Marks(Optional<String> cordoned, Optional<Drain> drain) {
        static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
    }

    /** The drain that empties, or has emptied, the host. */
    record Drain(long id, int maxParallel, boolean done) {}

    /** What is held for which Linode, and the sum of it. */
    record Holdings(SortedMap<Long, Resources> held, Resources sum) {
        static final Holdings NONE = new Holdings(Collections.emptySortedMap(), Resources.NONE);

        public Holdings {
            held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        }

        @Nullable
        Resources of(LinodeId linode) {
            return held.get(linode.value());
        }

        /** Holds this, instead of what was held before. */
        Holdings hold(LinodeId linode, Resources resources) {
            SortedMap<Long, Resources> next = new TreeMap<>(held);
            Resources before = next.put(linode.value(), resources);
            Resources sum = this.sum.plus(resources);
            return new Holdings(next, before == null ? sum : sum.minus(before));
        }

        Holdings release(LinodeId linode) {
            SortedMap<Long, Resources> next = new TreeMap<>(held);
            Resources before = next.remove(linode.value());
            return before == null ? this : new Holdings(next, sum.minus(before));
        }

        List<LinodeId> linodes() {
            return held.keySet().stream().map(LinodeId::new).toList();
        }
    }
}
