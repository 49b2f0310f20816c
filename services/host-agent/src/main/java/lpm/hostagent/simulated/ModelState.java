package lpm.hostagent.simulated;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** Everything the model remembers, by key; each change is handed to a sink that may keep it on disk. */
final class ModelState {
    final ModelTime time;
    final Witness witness;
    private final Sink sink;
    private final Map<HostId, SimHost> hosts = new LinkedHashMap<>();
    private final Map<String, SimDomain> domains = new LinkedHashMap<>();
    private final Map<Long, SimCopy> copies = new LinkedHashMap<>();
    private final Map<String, SimImage> images = new LinkedHashMap<>();
    private final Map<String, SimLease> leases = new LinkedHashMap<>();

    ModelState(ModelTime time, Sink sink) {
        this.time = time;
        this.sink = sink;
        this.witness = new Witness((number, run) -> sink.put(time.now(), "run/" + number, run, false));
    }

    /** Where changes go. */
    interface Sink {
        /** Keeps a new value; {@code durable} ones survive a crash of the whole machine too. */
        void put(Instant at, String key, Object value, boolean durable);

        void remove(Instant at, String key);

        /** For a model that lives in memory only. */
        static Sink none() {
            return new Sink() {
                @Override
                public void put(Instant at, String key, Object value, boolean durable) {
                    // nothing is kept
                }

                @Override
                public void remove(Instant at, String key) {
                    // nothing is kept
                }
            };
        }
    }

    /** Takes back what a sink has kept; nothing is written and nothing happens by it. */
    void restore(Object value) {
        switch (value) {
            case SimHost it -> hosts.put(it.id, it);
            case SimDomain it -> domains.put(it.host + "/" + it.linode, it);
            case SimCopy it -> copies.put(it.migration.value(), it);
            case SimImage it -> images.put(it.pool + "/" + it.name, it);
            case SimLease it -> leases.put(it.pool() + "/" + it.host(), it);
            default -> throw new IllegalArgumentException("not of the model: " + value);
        }
    }

    /** A host that is powered on; where it is off, nobody answers. */
    SimHost on(HostId id) {
        SimHost host = host(id);
        if (!host.powered) {
            throw new PortUnreachable("host " + id + " is powered off");
        }
        return host;
    }

    SimHost host(HostId id) {
        return Optional.ofNullable(hosts.get(id)).orElseThrow(() -> new PortRefusal("there is no host " + id));
    }

    Collection<SimHost> hosts() {
        return List.copyOf(hosts.values());
    }

    Optional<SimDomain> domain(HostId host, LinodeId linode) {
        return Optional.ofNullable(domains.get(host + "/" + linode));
    }

    List<SimDomain> domains(HostId host) {
        return domains.values().stream().filter(each -> each.host.equals(host)).toList();
    }

    Collection<SimDomain> domains() {
        return List.copyOf(domains.values());
    }

    Optional<SimCopy> copyOf(HostId source, LinodeId linode) {
        return copies().stream()
                .filter(each -> each.source.equals(source) && each.linode.equals(linode))
                .findFirst();
    }

    Collection<SimCopy> copies() {
        return List.copyOf(copies.values());
    }

    boolean isOpen(SimCopy copy) {
        return copies.get(copy.migration.value()) == copy;
    }

    Optional<SimImage> image(PoolId pool, String name) {
        return Optional.ofNullable(images.get(pool + "/" + name));
    }

    Collection<SimImage> images() {
        return List.copyOf(images.values());
    }

    Optional<SimLease> lease(PoolId pool, HostId host) {
        return Optional.ofNullable(leases.get(pool + "/" + host));
    }

    Collection<SimLease> leases() {
        return List.copyOf(leases.values());
    }

    void save(SimHost host) {
        hosts.put(host.id, host);
        sink.put(time.now(), "host/" + host.id, host, false);
        domains(host.id).forEach(this::look);
    }

    void save(SimDomain domain) {
        String key = domain.host + "/" + domain.linode;
        domains.put(key, domain);
        sink.put(time.now(), "domain/" + key, domain, false);
        look(domain);
    }

    void remove(SimDomain domain) {
        String key = domain.host + "/" + domain.linode;
        domains.remove(key);
        sink.remove(time.now(), "domain/" + key);
        witness.note(domain.linode, domain.host, domain.ownerEpoch, false, time.now());
    }

    void save(SimCopy copy) {
        copies.put(copy.migration.value(), copy);
        sink.put(time.now(), "copy/" + copy.migration, copy, false);
    }

    void remove(SimCopy copy) {
        copies.remove(copy.migration.value());
        sink.remove(time.now(), "copy/" + copy.migration);
    }

    void save(SimImage image) {
        images.put(image.pool + "/" + image.name, image);
        sink.put(time.now(), "image/" + image.pool + "/" + image.name, image, true);
    }

    void remove(SimImage image) {
        images.remove(image.pool + "/" + image.name);
        sink.remove(time.now(), "image/" + image.pool + "/" + image.name);
    }

    void save(SimLease lease) {
        leases.put(lease.pool() + "/" + lease.host(), lease);
        sink.put(time.now(), "lease/" + lease.pool() + "/" + lease.host(), lease, lease.revoked());
    }

    /** The witness looks at the guest itself, not at what anybody says about it. */
    private void look(SimDomain domain) {
        SimHost host = host(domain.host);
        boolean runs = host.powered
                && !host.frozen
                && !domain.awaited
                && domain.state == lpm.contracts.host.DomainSeen.State.running;
        witness.note(domain.linode, domain.host, domain.ownerEpoch, runs, time.now());
    }
}
