package lpm.hostagent.disks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.LeaseRecord;
import lpm.hostagent.records.Records;
import lpm.hostagent.records.Records.Swap;
import lpm.platform.json.Json;

/**
 * Write locks of one pool's images, one record each, and for each Linode a list of images that it ever locked: that is
 * where to look when everything is released, so nothing is ever taken from it.
 */
public final class PoolLocks {
    private static final int TRIES = 5;
    private static final String LIST = "locks-of.";

    private final Records records;
    private final HostId self;

    public PoolLocks(Records records, HostId self) {
        this.records = records;
        this.self = self;
    }

    /** Takes all or none. Costs one read and one write together for all images, while nobody else wants them. */
    public void take(LinodeId linode, long ownerEpoch, List<String> images) {
        LockRecord wanted = new LockRecord(linode, ownerEpoch, self);
        Map<String, Optional<String>> before = new LinkedHashMap<>();
        try {
            for (int i = 0; i < TRIES; i++) {
                if (takeOnce(wanted, images, before)) {
                    return;
                }
            }
        } catch (PortRefusal refusal) {
            giveBack(wanted, before);
            throw refusal;
        }
        giveBack(wanted, before);
        throw busy(images);
    }

    /** Refuses as taking them would now; takes nothing. */
    public void check(LinodeId linode, long ownerEpoch, List<String> images) {
        LockRecord wanted = new LockRecord(linode, ownerEpoch, self);
        List<Optional<String>> found =
                records.read(images.stream().map(LockRecord::nameOf).toList());
        for (int i = 0; i < images.size(); i++) {
            wanted.mustReplace(found.get(i).map(PoolLocks::parse), images.get(i));
        }
    }

    /** Gives up what this Linode holds under this owner epoch or an older one. */
    public void release(LinodeId linode, long ownerEpoch, List<String> images) {
        mustBeLetIn(records.read(LeaseRecord.nameOf(self)));
        List<String> left = images;
        for (int i = 0; i < TRIES; i++) {
            left = releaseOnce(linode, ownerEpoch, left);
            if (left.isEmpty()) {
                return;
            }
        }
        throw busy(left);
    }

    /** Gives up everything this Linode holds under this owner epoch or an older one; says what it ever held. */
    public List<String> releaseAll(LinodeId linode, long ownerEpoch) {
        List<String> images = List.copyOf(listed(records.read(LIST + linode)));
        release(linode, ownerEpoch, images);
        return images;
    }

    /** An image is gone: so is its lock, whoever had it. */
    public void forget(String image) {
        String name = LockRecord.nameOf(image);
        Optional<String> held = records.read(name);
        if (held.isPresent() && !records.swap(name, held, Optional.empty())) {
            throw busy(List.of(image));
        }
    }

    /** Nothing is done at a pool by a host whose lease is revoked there. */
    public void mustBeLetIn() {
        mustBeLetIn(records.read(LeaseRecord.nameOf(self)));
    }

    private boolean takeOnce(LockRecord wanted, List<String> images, Map<String, Optional<String>> before) {
        String list = LIST + wanted.linode();
        List<Optional<String>> found = records.read(Stream.concat(
                        Stream.of(LeaseRecord.nameOf(self), list),
                        images.stream().map(LockRecord::nameOf))
                .toList());
        mustBeLetIn(found.getFirst());
        String text = Json.write(wanted);
        List<Swap> swaps = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Optional<String> held = found.get(i + 2);
            wanted.mustReplace(held.map(PoolLocks::parse), images.get(i));
            if (!held.equals(Optional.of(text))) {
                swaps.add(new Swap(LockRecord.nameOf(images.get(i)), held, Optional.of(text)));
            }
        }
        if (!enlist(list, found.get(1), images)) {
            return false;
        }
        List<Boolean> made = records.swap(swaps);
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i)) {
                before.putIfAbsent(swaps.get(i).name(), swaps.get(i).from());
            }
        }
        return !made.contains(false);
    }

    /** The list is written before the locks: a lock that is in no list would never be released. */
    private boolean enlist(String name, Optional<String> found, List<String> images) {
        SortedSet<String> all = listed(found);
        return !all.addAll(images) || records.swap(name, found, Optional.of(Json.write(all)));
    }

    /** What was changed becomes what it was, unless somebody has changed it again. */
    private void giveBack(LockRecord wanted, Map<String, Optional<String>> before) {
        Optional<String> now = Optional.of(Json.write(wanted));
        records.swap(before.entrySet().stream()
                .map(each -> new Swap(each.getKey(), now, each.getValue()))
                .toList());
    }

    private List<String> releaseOnce(LinodeId linode, long ownerEpoch, List<String> images) {
        List<Optional<String>> found =
                records.read(images.stream().map(LockRecord::nameOf).toList());
        List<String> mine = new ArrayList<>();
        List<Swap> swaps = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (found.get(i)
                    .map(PoolLocks::parse)
                    .filter(it -> it.isReleasedBy(linode, ownerEpoch))
                    .isPresent()) {
                mine.add(images.get(i));
                swaps.add(new Swap(LockRecord.nameOf(images.get(i)), found.get(i), Optional.empty()));
            }
        }
        List<Boolean> made = records.swap(swaps);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            if (!made.get(i)) {
                left.add(mine.get(i));
            }
        }
        return left;
    }

    private void mustBeLetIn(Optional<String> ownLease) {
        if (ownLease.map(LeaseRecord::parse).filter(LeaseRecord::revoked).isPresent()) {
            throw new PortRefusal("host " + self + " is shut out at the pool: its lease is revoked");
        }
    }

    private static SortedSet<String> listed(Optional<String> text) {
        return new TreeSet<>(
                text.map(it -> List.of(Json.read(it, String[].class))).orElse(List.of()));
    }

    private static LockRecord parse(String text) {
        return Json.read(text, LockRecord.class);
    }

    private static PortUnreachable busy(List<String> images) {
        return new PortUnreachable(
                "the locks of " + images + " changed at each of " + TRIES + " looks: others want them too; ask again");
    }
}
