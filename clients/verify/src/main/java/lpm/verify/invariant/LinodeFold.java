package lpm.verify.invariant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeLost;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeRecoveryPlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;
import lpm.verify.history.Entry;
import org.jspecify.annotations.Nullable;

/** Where each Linode is, under which epoch, and whether it is on its way. */
final class LinodeFold {
    private final Map<LinodeId, One> linodes = new HashMap<>();

    /** In what a Linode can be. */
    enum Phase {
        unknown,
        unplaced,
        placed,
        lost,
        deleted
    }

    /** One Linode. */
    static final class One {
        private Phase phase = Phase.unknown;
        private @Nullable AccountId account;
        private @Nullable HostRef at;
        private @Nullable LinodeMoveRequested move;
        private @Nullable Entry deletion;
        private final Set<Long> epochs = new TreeSet<>();
        private final Map<Long, HostId> given = new HashMap<>();

        Phase phase() {
            return phase;
        }

        Optional<AccountId> account() {
            return Optional.ofNullable(account);
        }

        Optional<HostRef> at() {
            return Optional.ofNullable(at);
        }

        Optional<LinodeMoveRequested> move() {
            return Optional.ofNullable(move);
        }

        /** The event that ended it. */
        Optional<Entry> deletion() {
            return Optional.ofNullable(deletion);
        }

        /** The highest owner epoch issued so far; -1 before the first. */
        long highest() {
            return epochs.stream().mapToLong(Long::longValue).max().orElse(-1);
        }

        /** The host an owner epoch was given to. */
        Optional<HostId> hostOf(long epoch) {
            return Optional.ofNullable(given.get(epoch));
        }

        /** Why it needs what is held on this host; empty when it does not. */
        Optional<String> needs(HostId host) {
            LinodeMoveRequested open = move;
            if (open != null
                    && (open.source().host().equals(host)
                            || open.target().host().equals(host))) {
                return Optional.of("migration " + open.migration() + " is open");
            }
            HostRef there = at;
            return phase == Phase.placed && there != null && there.host().equals(host)
                    ? Optional.of("it is placed there")
                    : Optional.empty();
        }

        private void placed(HostRef host, long epoch) {
            phase = Phase.placed;
            at = host;
            give(epoch, host);
        }

        private void give(long epoch, HostRef host) {
            epochs.add(epoch);
            given.put(epoch, host.host());
        }
    }

    One of(LinodeId linode) {
        return linodes.computeIfAbsent(linode, _ -> new One());
    }

    Map<LinodeId, One> all() {
        return linodes;
    }

    void see(Entry entry) {
        if (entry.data() instanceof LinodeEvent event) {
            see(of(event.linode()), event, entry);
        }
    }

    private static void see(One it, LinodeEvent event, Entry entry) {
        switch (event) {
            case LinodeCreated e -> {
                it.phase = Phase.unplaced;
                it.account = e.account();
            }
            case LinodePlaced e -> it.placed(e.at(), e.ownerEpoch());
            case LinodeRecoveryPlaced e -> it.placed(e.at(), e.ownerEpoch());
            case LinodeReplaced e -> it.placed(e.target(), e.ownerEpoch());
            case LinodeMoveRequested e -> {
                it.move = e;
                it.give(e.nextEpoch(), e.target());
            }
            case LinodeMoved e -> {
                it.move = null;
                it.placed(e.target(), e.ownerEpoch());
            }
            case LinodeMoveAborted _ -> it.move = null;
            case LinodeLost e -> {
                it.phase = Phase.lost;
                it.epochs.add(e.ownerEpoch());
            }
            case LinodeTornDown e -> {
                it.phase = Phase.placed;
                it.at = e.at();
            }
            case LinodeDeleted _ -> {
                it.phase = Phase.deleted;
                it.deletion = entry;
            }
            default -> {
                // it stays where it is
            }
        }
    }
}
