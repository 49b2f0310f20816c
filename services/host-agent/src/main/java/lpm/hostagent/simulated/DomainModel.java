package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** Starts and stops domains. A domain runs from the moment it is created; the guest needs a moment to be up. */
final class DomainModel {
    static final Duration GUEST_BOOT = Duration.ofMillis(300);
    static final Duration GUEST_SHUTDOWN = Duration.ofMillis(200);

    private final ModelState state;
    private final Set<LinodeId> deaf = new HashSet<>();

    DomainModel(ModelState state) {
        this.state = state;
    }

    List<Domain> list(HostId host) {
        state.on(host);
        return state.domains(host).stream()
                .filter(each -> !each.awaited)
                .map(this::show)
                .toList();
    }

    Domain describe(HostId host, LinodeId linode) {
        state.on(host);
        return state.domain(host, linode)
                .filter(each -> !each.awaited)
                .map(this::show)
                .orElseGet(() -> Domain.absent(linode));
    }

    CompletionStage<DomainSeen> start(HostId host, DomainSpec wanted) {
        SimHost on = state.on(host);
        state.domain(host, wanted.linode())
                .filter(each -> each.state != State.off)
                .ifPresent(each -> {
                    throw new PortRefusal("a domain of linode " + wanted.linode() + " is there already: " + each.state);
                });
        needsMemory(on, wanted.spec().resources().memoryMib());
        SimDomain domain = new SimDomain(host, wanted.linode(), wanted.spec());
        domain.ownerEpoch = wanted.ownerEpoch();
        domain.startedBy = Optional.of(wanted.startedBy());
        state.save(domain);
        CompletableFuture<DomainSeen> up = new CompletableFuture<>();
        state.time.after(GUEST_BOOT, () -> answer(up, host, wanted.linode()));
        return up;
    }

    CompletionStage<DomainSeen> shutdown(HostId host, LinodeId linode, long graceMillis) {
        SimDomain domain = present(host, linode);
        long wait = deaf.contains(linode) ? graceMillis : Math.min(graceMillis, GUEST_SHUTDOWN.toMillis());
        Instant at = state.time.now().plusMillis(wait);
        domain.stopAt = Optional.of(at);
        state.save(domain);
        stopLater(domain, at);
        CompletableFuture<DomainSeen> down = new CompletableFuture<>();
        state.time.at(at, () -> answer(down, host, linode));
        return down;
    }

    /** What is there by then; nobody answers on a host that has lost its power meanwhile. */
    private void answer(CompletableFuture<DomainSeen> call, HostId host, LinodeId linode) {
        try {
            call.complete(describe(host, linode).seen());
        } catch (PortUnreachable dark) {
            call.completeExceptionally(dark);
        }
    }

    /** Plans the stop that a domain was told; also after the model was loaded from disk. */
    void stopLater(SimDomain domain, Instant at) {
        state.time.at(at, () -> {
            boolean still = state.domain(domain.host, domain.linode).orElse(null) == domain;
            if (still && domain.stopAt.equals(Optional.of(at))) {
                stop(domain, Cause.requested);
            }
        });
    }

    void stop(SimDomain domain, Cause why) {
        domain.state = State.off;
        domain.stopped = Optional.of(why);
        domain.stopAt = Optional.empty();
        state.save(domain);
    }

    void destroy(HostId host, LinodeId linode) {
        state.on(host);
        state.domain(host, linode).ifPresent(state::remove);
    }

    void attach(HostId host, LinodeId linode, BlockDevice device) {
        SimDomain domain = running(host, linode);
        if (domain.devices.stream().anyMatch(each -> each.slot().equals(device.slot()))) {
            throw new PortRefusal("slot " + device.slot() + " of linode " + linode + " is taken");
        }
        domain.devices.add(device);
        state.save(domain);
    }

    void detach(HostId host, LinodeId linode, BlockDevice device) {
        SimDomain domain = running(host, linode);
        domain.devices.removeIf(each -> each.image().equals(device.image()));
        state.save(domain);
    }

    /** The guest of this Linode does not hear the power button any more. */
    void ignoreShutdown(LinodeId linode) {
        deaf.add(linode);
    }

    void needsMemory(SimHost host, long memoryMib) {
        long free = freeMemoryMib(host);
        if (memoryMib > free) {
            throw new PortRefusal("host " + host.id + " has " + free + " MiB left, needs " + memoryMib);
        }
    }

    long freeMemoryMib(SimHost host) {
        long taken = state.domains(host.id).stream()
                .filter(SimDomain::takesMemory)
                .mapToLong(each -> each.spec.resources().memoryMib())
                .sum();
        return host.capacity.memoryMib() - taken;
    }

    Domain show(SimDomain domain) {
        boolean sending = state.copyOf(domain.host, domain.linode).isPresent();
        DomainSeen seen = new DomainSeen(
                domain.linode,
                domain.state,
                sending || domain.receiving,
                domain.ownerEpoch,
                domain.spec.generation(),
                domain.migration);
        boolean frozen = state.host(domain.host).frozen;
        return new Domain(
                seen,
                frozen,
                domain.startedBy,
                domain.stopped,
                domain.devices,
                domain.spec.resources().memoryMib(),
                domain.pausedMillis);
    }

    SimDomain running(HostId host, LinodeId linode) {
        SimDomain domain = present(host, linode);
        if (domain.state != State.running) {
            throw new PortRefusal("linode " + linode + " does not run on " + host + ": " + domain.state);
        }
        return domain;
    }

    SimDomain present(HostId host, LinodeId linode) {
        state.on(host);
        return state.domain(host, linode)
                .filter(each -> !each.awaited)
                .orElseThrow(() -> new PortRefusal("linode " + linode + " is not on " + host));
    }
}
