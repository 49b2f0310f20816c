package lpm.hostagent.simulated;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.SendOutcome;

/**
 * How a migration ends when it breaks, as seen on real Xen: a lost answer lets the source run on, a cut in the
 * copy hangs until it is healed, a cut after the suspension is settled by keepalive, a dead libvirt settles nothing.
 */
final class CopyFailures {
    static final Duration WAKE_BY_KEEPALIVE = Duration.ofSeconds(26);
    static final Duration ERROR_AFTER_WAKE = Duration.ofSeconds(10);
    static final Duration DEAD_TARGET = Duration.ofMinutes(2);
    static final Duration STREAM_CUT = Duration.ofSeconds(4);
    static final Duration INCOMING_DESTROYED = Duration.ofMillis(900);

    private final ModelState state;
    private final DomainModel domains;
    private final Consumer<SimCopy> goOn;
    private final Map<Long, CompletableFuture<SendOutcome>> callers = new HashMap<>();

    CopyFailures(ModelState state, DomainModel domains, Consumer<SimCopy> goOn) {
        this.state = state;
        this.domains = domains;
        this.goOn = goOn;
    }

    /** Somebody waits for this job's outcome. */
    CompletionStage<SendOutcome> caller(SimCopy copy) {
        CompletableFuture<SendOutcome> caller = new CompletableFuture<>();
        callers.put(copy.migration.value(), caller);
        return caller;
    }

    /** The job is over, and this is what the call returns. */
    void answer(SimCopy copy, SendOutcome outcome) {
        state.remove(copy);
        Optional.ofNullable(callers.remove(copy.migration.value())).ifPresent(each -> each.complete(outcome));
    }

    /** Nothing arrives at the other end any more. */
    void broken(SimCopy copy, String reason) {
        if (copy.broken.isPresent() || copy.failing.isPresent() || copy.phase == CopyPhase.destroyed) {
            return;
        }
        copy.broken = Optional.of(reason);
        Optional<Duration> settled = copy.phase.guestStands()
                ? Optional.of(WAKE_BY_KEEPALIVE)
                : Optional.of(DEAD_TARGET).filter(_ -> !state.host(copy.target).powered);
        copy.dueAt = settled.map(wait -> state.time.now().plus(wait));
        state.save(copy);
        goOn.accept(copy);
    }

    /** The two ends reach each other again: a copy ends with an error, what comes after it goes on. */
    void healed(SimCopy copy) {
        if (copy.broken.isEmpty() || copy.failing.isPresent()) {
            return;
        }
        copy.broken = Optional.empty();
        if (copy.phase.guestStands()) {
            copy.dueAt = Optional.of(state.time.now());
            state.save(copy);
            goOn.accept(copy);
        } else {
            failLater(copy, "keepalive timed out", WAKE_BY_KEEPALIVE);
        }
    }

    /** The keepalive of a broken job ran out. */
    void keepalive(SimCopy copy, String reason) {
        if (copy.phase.guestStands()) {
            wakeSource(copy);
            failLater(copy, reason, ERROR_AFTER_WAKE);
        } else {
            fail(copy, reason);
        }
    }

    /** Somebody cuts the stream at the source; too late once the guest stands still. */
    void cancel(HostId source, LinodeId linode, MigrationId migration) {
        state.on(source);
        state.copyOf(source, linode)
                .filter(each -> each.migration.equals(migration) && !each.phase.guestStands())
                .filter(each -> each.failing.isEmpty())
                .ifPresent(copy -> failLater(copy, "cancelled", STREAM_CUT));
    }

    /** The target's copy was destroyed under the job. */
    void incomingDestroyed(MigrationId migration) {
        state.copies().stream()
                .filter(each -> each.migration.equals(migration) && each.phase != CopyPhase.destroyed)
                .filter(each -> each.failing.isEmpty() && each.broken.isEmpty())
                .forEach(copy -> failLater(copy, "the target destroyed the domain", INCOMING_DESTROYED));
    }

    /** The source's copy was destroyed under the job: an incomplete copy goes too, where its stream's end is heard. */
    void sourceDestroyed(SimCopy copy) {
        dropIncompleteInReach(copy);
        answer(copy, new SendOutcome.Failed("the domain was destroyed", seenAtSource(copy)));
    }

    /** The source's libvirt dies: no job, no answer to the caller, the guest stays as it is. */
    void abandon(SimCopy copy) {
        state.remove(copy);
        hangUp(copy, "libvirt at the source died");
    }

    /** The source's host lost its power: nobody waits for an answer; an incomplete copy ends by keepalive. */
    void sourceGone(SimCopy copy) {
        abandon(copy);
        state.time.after(WAKE_BY_KEEPALIVE, () -> dropIncomplete(copy));
    }

    /** The call returns an error; libvirt lets a suspended source run on by itself. */
    void fail(SimCopy copy, String reason) {
        wakeSource(copy);
        dropIncompleteInReach(copy);
        answer(copy, new SendOutcome.Failed(reason, seenAtSource(copy)));
    }

    private void failLater(SimCopy copy, String reason, Duration wait) {
        copy.failing = Optional.of(reason);
        copy.dueAt = Optional.of(state.time.now().plus(wait));
        state.save(copy);
        goOn.accept(copy);
    }

    private void wakeSource(SimCopy copy) {
        state.domain(copy.source, copy.linode).ifPresent(domain -> {
            domain.state = domain.state == State.suspended ? State.running : domain.state;
            domain.migration = Optional.empty();
            state.save(domain);
        });
    }

    private void dropIncompleteInReach(SimCopy copy) {
        if (CopyBreaks.reach(state, copy)) {
            dropIncomplete(copy);
        }
    }

    /** libvirt at the target cleans up a copy that is not complete; a complete one stays, paused. */
    private void dropIncomplete(SimCopy copy) {
        state.domain(copy.target, copy.linode)
                .filter(each -> each.receiving && each.migration.equals(Optional.of(copy.migration)))
                .ifPresent(state::remove);
    }

    private DomainSeen seenAtSource(SimCopy copy) {
        return state.domain(copy.source, copy.linode)
                .map(domains::show)
                .map(Domain::seen)
                .map(each -> new DomainSeen(
                        each.linode(), each.state(), false, each.ownerEpoch(), each.generation(), each.migration()))
                .orElseGet(() -> Domain.absent(copy.linode).seen());
    }

    private void hangUp(SimCopy copy, String reason) {
        Optional.ofNullable(callers.remove(copy.migration.value()))
                .ifPresent(each -> each.completeExceptionally(new PortUnreachable(reason)));
    }
}
