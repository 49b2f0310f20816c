package lpm.scheduler.drain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** A drain from its start to its end. */
public sealed interface DrainState {
    /** Nobody asked for it. */
    record Unknown() implements DrainState {}

    /**
     * Linodes move away.
     *
     * @param moving whose turn it is
     * @param waiting who could not be moved so far, and how often that was tried
     * @param gone who has left
     */
    record Running(
            long drain,
            HostId host,
            int maxParallel,
            SortedSet<Long> moving,
            SortedMap<Long, Integer> waiting,
            SortedSet<Long> gone)
            implements DrainState {
        public Running {
            moving = Collections.unmodifiableSortedSet(new TreeSet<>(moving));
            waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
            gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
        }

        Running started(LinodeId linode) {
            SortedSet<Long> next = new TreeSet<>(moving);
            next.add(linode.value());
            SortedSet<Long> here = new TreeSet<>(gone);
            here.remove(linode.value());
            return new Running(drain, host, maxParallel, next, waiting, here);
        }

        Running left(LinodeId linode) {
            SortedSet<Long> next = new TreeSet<>(gone);
            next.add(linode.value());
            SortedMap<Long, Integer> others = new TreeMap<>(waiting);
            others.remove(linode.value());
            return new Running(drain, host, maxParallel, without(linode), others, next);
        }

        Running waiting(LinodeId linode, int attempt) {
            SortedMap<Long, Integer> next = new TreeMap<>(waiting);
            next.put(linode.value(), attempt);
            return new Running(drain, host, maxParallel, without(linode), next, gone);
        }

        int attempts(LinodeId linode) {
            return waiting.getOrDefault(linode.value(), 0);
        }

        private SortedSet<Long> without(LinodeId linode) {
            SortedSet<Long> next = new TreeSet<>(moving);
            next.remove(linode.value());
            return next;
        }
    }

    /** Over: the host was empty, or an operator stopped it ({@code completed} false). */
    record Ended(long drain, HostId host, boolean completed, int moved) implements DrainState {}
}
