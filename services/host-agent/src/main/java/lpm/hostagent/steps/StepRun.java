package lpm.hostagent.steps;

import java.util.ArrayList;
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
    private final List<Step> steps;
    private final StepRunner runner;
    private final List<HostReport> facts = new ArrayList<>();
    private int next;
    private @Nullable CompletableFuture<List<HostReport>> waiting;

    public StepRun(List<Step> steps, StepRunner runner) {
        this.steps = List.copyOf(steps);
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
            while (next < steps.size()) {
                CompletableFuture<List<HostReport>> step = waiting != null ? waiting : runner.take(steps.get(next));
                waiting = step;
                if (!step.isDone()) {
                    return Optional.empty();
                }
                facts.addAll(step.join());
                waiting = null;
                next++;
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
