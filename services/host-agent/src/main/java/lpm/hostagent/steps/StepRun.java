package lpm.hostagent.steps;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lpm.contracts.host.HostReport;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.jspecify.annotations.Nullable;

/** One list of steps on its way; advanced by whoever has time, never waiting. */
public final class StepRun {
    private final Deque<Step> steps;
    private final StepRunner runner;
    private final List<HostReport> facts = new ArrayList<>();
    private @Nullable CompletableFuture<Taken> waiting;

    public StepRun(List<Step> steps, StepRunner runner) {
        this.steps = new ArrayDeque<>(steps);
        this.runner = runner;
    }

    /** What became of the steps: the facts, or the reason why one was refused. */
    public record Ended(List<HostReport> facts, Optional<String> refusal) {
        public Ended {
            facts = List.copyOf(facts);
        }
    }

    /** Takes as many steps as can be taken now. Throws {@link PortUnreachable} when nobody answers: look again then. */
    public Optional<Ended> advance() {
        try {
            while (!steps.isEmpty()) {
                CompletableFuture<Taken> step = waiting != null ? waiting : runner.take(steps.element());
                waiting = step;
                if (!step.isDone()) {
                    return Optional.empty();
                }
                Taken taken = step.join();
                facts.addAll(taken.facts());
                waiting = null;
                steps.remove();
                taken.then().ifPresent(steps::addFirst);
            }
            return Optional.of(new Ended(facts, Optional.empty()));
        } catch (PortRefusal refusal) {
            return refused(refusal);
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof PortRefusal refusal) {
                return refused(refusal);
            }
            throw wrapped.getCause() instanceof PortUnreachable unreachable ? unreachable : wrapped;
        }
    }

    private static Optional<Ended> refused(PortRefusal refusal) {
        return Optional.of(new Ended(List.of(), Optional.of(refusal.reason())));
    }
}
