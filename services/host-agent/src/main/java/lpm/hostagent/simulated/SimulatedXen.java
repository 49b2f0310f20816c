package lpm.hostagent.simulated;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.DiskId;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;

/**
 * Any number of simulated Xen hosts with links, shared pools, watchdogs and power switches. Single-threaded and
 * deterministic: time passes only in {@link #advanceTo}, answers to long calls are completed there, and nothing is
 * random but what the seed decides. A witness writes down which guest really ran where.
 */
public final class SimulatedXen implements XenControl {
    private final ModelState state;
    private final HostModel hosts;
    private final DomainModel domains;
    private final CopyModel copies;
    private final IncomingModel incoming;
    private final PoolModel pools;

    /** A model that lives in memory. */
    public SimulatedXen(long seed, Instant start) {
        this(seed, new ModelState(new ModelTime(start), ModelState.Sink.none()));
    }

    SimulatedXen(long seed, ModelState state) {
        this.state = state;
        this.hosts = new HostModel(state, seed);
        this.domains = new DomainModel(state);
        this.copies = new CopyModel(state, domains, hosts);
        this.incoming = new IncomingModel(state, domains, copies.failures());
        this.pools = new PoolModel(state);
    }

    /** Adds a host and powers it on; a host that is there already stays as it is. */
    public void addHost(HostId id, Region region, Resources capacity, double linkMibPerSecond) {
        if (state.hosts().stream().noneMatch(each -> each.id.equals(id))) {
            hosts.powerOn(new SimHost(id, region, capacity, linkMibPerSecond));
        }
    }

    /** One host's hypervisor, called directly. */
    public Hypervisor hypervisor(HostId host) {
        return new DirectHypervisor(host, state, hosts, domains, copies, incoming);
    }

    /** The pools as one host reaches them. */
    public DiskStore disks(HostId host) {
        return new DirectDiskStore(host, pools);
    }

    /** Whether the image of a disk, if it is there, was made to let in exactly this owner. */
    public boolean letsIn(DiskId disk, RootAccess owner) {
        String name = "disk-" + disk;
        return state.images().stream()
                .filter(each -> each.name.equals(name))
                .allMatch(each -> each.content.endsWith(SimImage.ownerMark(owner)));
    }

    /** The leases as one host reaches them. */
    public PoolLease lease(HostId host) {
        return new DirectPoolLease(host, pools);
    }

    public Instant now() {
        return state.time.now();
    }

    /** Lets time pass: everything due until then happens, in order. */
    public void advanceTo(Instant time) {
        state.time.advanceTo(time);
    }

    /** When the model next does something by itself. */
    public Optional<Instant> nextDue() {
        return state.time.nextDue();
    }

    /** Plans again what was under way when the model was kept on disk. */
    void goOn() {
        state.copies().forEach(copies::goOn);
        state.hosts().forEach(hosts::arm);
        state.domains().forEach(each -> each.stopAt.ifPresent(at -> domains.stopLater(each, at)));
    }

    @Override
    public void powerOff(HostId host) {
        copies.breaks().powerOff(host);
    }

    @Override
    public void powerOn(HostId host) {
        SimHost found = state.host(host);
        if (!found.powered) {
            hosts.powerOn(found);
        }
    }

    /** Off and on again: a new boot, with nothing in memory. */
    void powerCycle(HostId host) {
        powerOff(host);
        powerOn(host);
    }

    @Override
    public void cutLink(HostId one, HostId other) {
        copies.breaks().cut(one, other);
    }

    @Override
    public void healLink(HostId one, HostId other) {
        copies.breaks().heal(one, other);
    }

    @Override
    public void cutPool(HostId host) {
        SimHost found = state.host(host);
        found.poolCut = true;
        state.save(found);
    }

    @Override
    public void healPool(HostId host) {
        SimHost found = state.host(host);
        found.poolCut = false;
        state.save(found);
    }

    @Override
    public void inject(CopyFault fault) {
        copies.breaks().inject(fault);
    }

    /** Faults that were planned and have not happened yet will not happen. */
    public void forgetFaults() {
        copies.breaks().forget();
    }

    @Override
    public void stopGuest(HostId host, LinodeId linode, Cause cause) {
        domains.stop(domains.running(host, linode), cause);
    }

    @Override
    public void ignoreShutdown(LinodeId linode) {
        domains.ignoreShutdown(linode);
    }

    @Override
    public List<Run> runs() {
        return state.witness.runs();
    }

    @Override
    public List<List<Run>> doubles() {
        return state.witness.doubles();
    }

    @Override
    public List<HostFigures> figures() {
        return state.hosts().stream()
                .map(host -> new HostFigures(
                        host.id,
                        host.powered,
                        host.frozen,
                        state.domains(host.id).stream()
                                .filter(each -> each.state == State.running && !each.awaited)
                                .map(each -> each.linode)
                                .toList(),
                        state.copies().stream()
                                .filter(each -> each.source.equals(host.id))
                                .map(each -> each.linode)
                                .toList()))
                .toList();
    }
}
