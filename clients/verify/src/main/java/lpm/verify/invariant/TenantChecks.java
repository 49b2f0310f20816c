package lpm.verify.invariant;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import lpm.contracts.AccountId;
import lpm.contracts.LinodeId;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.AddressEvent.AddressAssigned;
import lpm.contracts.scheduler.AddressEvent.AddressReleased;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.TenantEvent.LabelChanged;
import lpm.contracts.scheduler.TenantEvent.LabelFreed;
import lpm.contracts.scheduler.TenantEvent.LabelTaken;
import lpm.contracts.scheduler.TenantEvent.TenantLimited;
import lpm.contracts.storage.VolumeEvent.VolumeAttachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelFreed;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelTaken;
import lpm.contracts.storage.VolumeTenantEvent.VolumeRoomChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumesLimited;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/** What belongs to whom, and how much of it. */
final class TenantChecks {
    private TenantChecks() {}

    /** What an account has of one kind: label by thing, size by thing. */
    private static final class Had {
        private final Map<Object, String> labels = new HashMap<>();
        private final Map<Object, Long> sizes = new HashMap<>();
        private long most = Long.MAX_VALUE;
        private long mostGib = Long.MAX_VALUE;

        private long sizeGib() {
            return sizes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Labels are unique among an account's Linodes, and among its volumes; a freed label was its owner's. */
    static void labels(History history, Findings findings) {
        Map<AccountId, Had> linodes = new HashMap<>();
        Map<AccountId, Had> volumes = new HashMap<>();
        history.stored().forEach(each -> {
            switch (each.data()) {
                case LabelTaken e -> take(findings, each, of(linodes, e.account()), e.linode(), e.label());
                case LabelChanged e -> change(findings, each, of(linodes, e.account()), e.linode(), e.from(), e.to());
                case LabelFreed e -> free(findings, each, of(linodes, e.account()), e.linode(), e.label());
                case VolumeLabelTaken e -> take(findings, each, of(volumes, e.account()), e.volume(), e.label());
                case VolumeLabelChanged e ->
                    change(findings, each, of(volumes, e.account()), e.volume(), e.from(), e.to());
                case VolumeLabelFreed e -> free(findings, each, of(volumes, e.account()), e.volume(), e.label());
                default -> {
                    // names nothing
                }
            }
        });
    }

    private static Had of(Map<AccountId, Had> all, AccountId account) {
        return all.computeIfAbsent(account, _ -> new Had());
    }

    private static void take(Findings findings, Entry at, Had had, Object thing, String label) {
        findings.expect(!had.labels.containsValue(label), at, "the label " + label + " is in use");
        findings.expect(!had.labels.containsKey(thing), at, thing + " has a label already");
        had.labels.put(thing, label);
    }

    private static void change(Findings findings, Entry at, Had had, Object thing, String from, String to) {
        findings.expect(from.equals(had.labels.get(thing)), at, thing + " is not labelled " + from);
        had.labels.remove(thing);
        take(findings, at, had, thing, to);
    }

    private static void free(Findings findings, Entry at, Had had, Object thing, String label) {
        findings.expect(label.equals(had.labels.remove(thing)), at, thing + " is not labelled " + label);
    }

    /** I20: an account never gets more than its limit at that moment. */
    static void quotas(History history, Findings findings) {
        Map<AccountId, Had> linodes = new HashMap<>();
        Map<AccountId, Had> volumes = new HashMap<>();
        history.stored().forEach(each -> {
            switch (each.data()) {
                case TenantLimited e -> of(linodes, e.account()).most = e.linodes();
                case VolumesLimited e -> {
                    of(volumes, e.account()).most = e.volumes();
                    of(volumes, e.account()).mostGib = e.volumeGib();
                }
                case LabelTaken e -> more(findings, each, of(linodes, e.account()), e.linode(), 0);
                case LabelFreed e -> of(linodes, e.account()).sizes.remove(e.linode());
                case VolumeLabelTaken e -> more(findings, each, of(volumes, e.account()), e.volume(), e.sizeGib());
                case VolumeLabelFreed e -> of(volumes, e.account()).sizes.remove(e.volume());
                case VolumeRoomChanged e -> {
                    if (e.toGib() > e.fromGib()) {
                        more(findings, each, of(volumes, e.account()), e.volume(), e.toGib());
                    } else {
                        of(volumes, e.account()).sizes.put(e.volume(), e.toGib());
                    }
                }
                default -> {
                    // takes nothing of a quota
                }
            }
        });
    }

    private static void more(Findings findings, Entry at, Had had, Object thing, long sizeGib) {
        had.sizes.put(thing, sizeGib);
        findings.expect(had.sizes.size() <= had.most, at, had.sizes.size() + " of at most " + had.most);
        findings.expect(had.sizeGib() <= had.mostGib, at, had.sizeGib() + " GiB of at most " + had.mostGib);
    }

    /** I21: a stream belongs to one account for ever, and nothing of one account is put to another's. */
    static void tenants(History history, Findings findings) {
        Map<String, Long> owners = new HashMap<>();
        Map<LinodeId, AccountId> linodes = new HashMap<>();
        Map<VolumeId, AccountId> volumes = new HashMap<>();
        for (Entry each : history.stored().toList()) {
            Long account = each.message().accountId();
            if (account != null) {
                Long before = owners.putIfAbsent(each.aggregateId(), account);
                findings.expect(
                        before == null || before.equals(account), each, "it was account " + before + "'s before");
            }
            if (each.data() instanceof LinodeCreated e) {
                linodes.put(e.linode(), e.account());
            }
            if (each.data() instanceof VolumeCreated e) {
                volumes.put(e.volume(), e.account());
            }
        }
        history.stored().forEach(each -> {
            if (each.data() instanceof VolumeAttachRequested e && linodes.containsKey(e.linode())) {
                findings.expect(
                        Objects.equals(linodes.get(e.linode()), volumes.get(e.volume())),
                        each,
                        "the Linode is account " + linodes.get(e.linode()) + "'s, the volume account "
                                + volumes.get(e.volume()) + "'s");
            }
        });
    }

    /** I22: an address is at one Linode at a time, a MAC and an IPv6 address too. */
    static void addresses(History history, Findings findings) {
        Map<String, LinodeId> held = new HashMap<>();
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case AddressAssigned e -> assign(findings, each, held, e.address(), e.linode());
                case AddressReleased e ->
                    findings.expect(
                            e.linode().equals(held.remove(e.address())),
                            each,
                            e.address() + " is not Linode " + e.linode() + "'s");
                case LinodeCreated e -> {
                    assign(findings, each, held, "mac " + e.mac(), e.linode());
                    assign(findings, each, held, "ipv6 " + e.ipv6(), e.linode());
                }
                case LinodeDeleted e ->
                    held.entrySet()
                            .removeIf(one -> one.getValue().equals(e.linode())
                                    && (one.getKey().startsWith("mac ")
                                            || one.getKey().startsWith("ipv6 ")));
                default -> {
                    // concerns no address
                }
            }
        }
    }

    private static void assign(
            Findings findings, Entry at, Map<String, LinodeId> held, String address, LinodeId linode) {
        LinodeId before = held.putIfAbsent(address, linode);
        findings.expect(
                before == null || before.equals(linode), at, address + " is held by Linode " + before + " already");
    }
}
