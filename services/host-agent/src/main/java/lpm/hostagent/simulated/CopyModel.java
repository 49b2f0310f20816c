package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.CopyCounters;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PreCopy;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;

/** Live migration as libvirt on Xen does it, phase by phase: peer-to-peer, live, paused at the target. */
final class CopyModel {
    private static final Duration PREPARE = Duration.ofMillis(20);
    private static final Duration SWITCH_STEP = Duration.ofMillis(PreCopy.SWITCH_MILLIS / 3);

    private final ModelState state;
    private final DomainModel domains;
    private final HostModel hosts;
    private final CopyFailures failures;
    private final CopyBreaks breaks;

    CopyModel(ModelState state, DomainModel domains, HostModel hosts) {
        this.state = state;
        this.domains = domains;
        this.hosts = hosts;
        this.failures = new CopyFailures(state, domains, this::goOn);
        this.breaks = new CopyBreaks(state, hosts, failures);
    }

    CopyFailures failures() {
        return failures;
    }

    CopyBreaks breaks() {
        return breaks;
    }

    CompletionStage<SendOutcome> send(HostId source, SendOrder order) {
        SimDomain domain = domains.running(source, order.linode());
        if (state.copyOf(source, order.linode()).isPresent()) {
            throw new PortRefusal("linode " + order.linode() + " is being sent already");
        }
        SimCopy copy = new SimCopy(order.migration(), order.linode(), source, order.target(), state.time.now());
        copy.nextEpoch = order.nextEpoch();
        if (!order.targetUri().equals(IncomingModel.uri(order.target()))) {
            copy.failing = Optional.of("nobody answers at " + order.targetUri());
        }
        domain.migration = Optional.of(order.migration());
        state.save(domain);
        CompletionStage<SendOutcome> answer = failures.caller(copy);
        enter(copy, CopyPhase.prepare, PREPARE);
        return answer;
    }

    /** Plans what an open job does next; also after the model was loaded from disk. */
    void goOn(SimCopy copy) {
        copy.dueAt.ifPresent(due -> state.time.at(due, () -> {
            if (state.isOpen(copy) && copy.dueAt.equals(Optional.of(due))) {
                step(copy);
            }
        }));
    }

    private void step(SimCopy copy) {
        if (copy.failing.isPresent()) {
            failures.fail(copy, copy.failing.get());
        } else if (copy.broken.isPresent()) {
            failures.keepalive(copy, copy.broken.get());
        } else {
            proceed(copy);
        }
    }

    private void proceed(SimCopy copy) {
        switch (copy.phase) {
            case prepare -> prepared(copy);
            case copy -> round(copy);
            case suspended -> enter(copy, CopyPhase.lastPages, sending(copy, copy.volumeMib));
            case lastPages -> received(copy);
            case received -> destroySource(copy);
            case destroyed -> failures.answer(copy, new SendOutcome.Released(pauseMillis(copy)));
        }
    }

    private void prepared(SimCopy copy) {
        Optional<SimDomain> there = state.domain(copy.target, copy.linode).filter(each -> !each.awaited);
        if (there.isPresent()) {
            failures.fail(copy, "a domain of linode " + copy.linode + " is already active at the target");
            return;
        }
        state.save(incomingOf(copy));
        copy.volumeMib = (double) memoryMib(copy);
        enter(copy, CopyPhase.copy, sending(copy, copy.volumeMib));
    }

    /** libvirt at the target takes what is sent to it, awaited or not. */
    private SimDomain incomingOf(SimCopy copy) {
        SimDomain sent = source(copy).orElseThrow();
        SimDomain incoming = new SimDomain(copy.target, copy.linode, sent.spec);
        incoming.state = State.paused;
        incoming.receiving = true;
        incoming.ownerEpoch = copy.nextEpoch;
        incoming.migration = Optional.of(copy.migration);
        return incoming;
    }

    private void round(SimCopy copy) {
        copy.sentMib += copy.volumeMib;
        copy.round++;
        double dirty = hosts.dirtyMibPerSecond(copy.linode);
        copy.volumeMib = PreCopy.dirtied((double) memoryMib(copy), copy.volumeMib, dirty, copy.mibPerSecond);
        if (!PreCopy.converged(copy.volumeMib, copy.round)) {
            enter(copy, CopyPhase.copy, sending(copy, copy.volumeMib));
            return;
        }
        source(copy).ifPresent(domain -> {
            domain.state = State.suspended;
            domain.suspendedAt = Optional.of(state.time.now());
            state.save(domain);
        });
        enter(copy, CopyPhase.suspended, SWITCH_STEP);
    }

    private void received(SimCopy copy) {
        copy.sentMib += copy.volumeMib;
        copy.volumeMib = 0;
        Optional<SimDomain> complete = incoming(copy);
        if (complete.isEmpty()) {
            failures.fail(copy, "the target lost the domain");
            return;
        }
        SimDomain incoming = complete.get();
        incoming.receiving = false;
        incoming.suspendedAt = source(copy).flatMap(each -> each.suspendedAt);
        incoming.devices =
                new ArrayList<>(source(copy).map(each -> each.devices).orElse(incoming.devices));
        state.save(incoming);
        enter(copy, CopyPhase.received, SWITCH_STEP);
    }

    private void destroySource(SimCopy copy) {
        if (incoming(copy).isEmpty()) {
            failures.fail(copy, "the target lost the domain");
            return;
        }
        source(copy).ifPresent(state::remove);
        enter(copy, CopyPhase.destroyed, SWITCH_STEP);
    }

    private void enter(SimCopy copy, CopyPhase phase, Duration lasts) {
        copy.phase = phase;
        copy.phaseStartedAt = state.time.now();
        copy.dueAt = Optional.of(state.time.now().plus(lasts));
        state.save(copy);
        breaks.atPhase(copy);
        if (state.isOpen(copy)) {
            goOn(copy);
        }
    }

    // --- figures -----------------------------------------------------------------------------------------------

    List<CopyCounters> counters(HostId source) {
        state.on(source);
        return state.copies().stream()
                .filter(each -> each.source.equals(source))
                .map(this::counters)
                .toList();
    }

    private CopyCounters counters(SimCopy copy) {
        double seconds = Duration.between(copy.phaseStartedAt, state.time.now()).toMillis() / 1000.0;
        boolean flows = copy.broken.isEmpty() && copy.phase != CopyPhase.prepare;
        double sentNow = flows ? Math.min(copy.volumeMib, seconds * copy.mibPerSecond) : 0;
        return new CopyCounters(
                copy.migration,
                copy.linode,
                copy.round + 1,
                Math.round(copy.sentMib + sentNow),
                Math.round(copy.volumeMib - sentNow),
                copy.mibPerSecond);
    }

    /** How long this volume takes when all copies on either host's link share it evenly. */
    private Duration sending(SimCopy copy, double volumeMib) {
        copy.mibPerSecond = Math.min(share(copy, copy.source), share(copy, copy.target));
        return Duration.ofNanos(Math.round(volumeMib / copy.mibPerSecond * 1e9));
    }

    private double share(SimCopy copy, HostId host) {
        long sharing = state.copies().stream()
                .filter(each -> each != copy && (each.source.equals(host) || each.target.equals(host)))
                .count();
        return state.host(host).linkMibPerSecond / (sharing + 1);
    }

    private long pauseMillis(SimCopy copy) {
        Instant from = incoming(copy).flatMap(each -> each.suspendedAt).orElse(copy.phaseStartedAt);
        return Duration.between(from, state.time.now()).toMillis();
    }

    private long memoryMib(SimCopy copy) {
        return source(copy).map(each -> each.spec.resources().memoryMib()).orElse(0L);
    }

    private Optional<SimDomain> source(SimCopy copy) {
        return state.domain(copy.source, copy.linode);
    }

    private Optional<SimDomain> incoming(SimCopy copy) {
        return state.domain(copy.target, copy.linode)
                .filter(each -> !each.awaited && each.migration.equals(Optional.of(copy.migration)));
    }
}
