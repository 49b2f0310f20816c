package lpm.scheduler.tenant;

import java.util.Map;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.scheduler.TenantEvent.LabelChanged;
import lpm.contracts.scheduler.TenantEvent.LabelFreed;
import lpm.contracts.scheduler.TenantEvent.LabelTaken;
import lpm.contracts.scheduler.TenantEvent.TenantLimited;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.scheduler.tenant.TenantCommand.*;
import lpm.scheduler.tenant.TenantState.Known;
import lpm.scheduler.tenant.TenantState.Limit;
import lpm.scheduler.tenant.TenantState.Unheard;

/** One label one Linode, and no more Linodes than allowed: decided in the transaction that creates one. */
public final class TenantDecider implements Decider<TenantCommand, TenantState, TenantEvent> {
    static final String LABEL_TAKEN = "Label must be unique among your Linodes";
    static final String LIMIT_REACHED = "Account Limit reached. Please open a support ticket.";
    static final String SUSPENDED = "This account is suspended";

    @Override
    public TenantState initial() {
        return new Unheard();
    }

    @Override
    public Decision<TenantEvent> decide(TenantCommand command, TenantState state) {
        Known known = known(state);
        return switch (command) {
            case TakeLabel it -> take(it, known);
            case ChangeLabel it -> change(it, known);
            case FreeLabel it ->
                owns(known, it.linode(), it.label())
                        ? Decision.accept(new LabelFreed(it.account(), it.linode(), it.label()))
                        : Decision.accept();
            case NoteLimit it -> limited(known, it, new Limit(it.linodes(), suspended(known)));
            case NoteSuspended it ->
                limited(known, it, new Limit(known.limit().map(Limit::linodes).orElse(0), it.suspended()));
        };
    }

    private static Decision<TenantEvent> take(TakeLabel it, Known known) {
        if (owns(known, it.linode(), it.label())) {
            return Decision.accept();
        }
        if (suspended(known)) {
            return Decision.reject(SUSPENDED);
        }
        if (known.labels().containsKey(it.label())) {
            return Decision.reject("label", LABEL_TAKEN);
        }
        int limit = known.limit().map(Limit::linodes).orElse(it.limit());
        return known.labels().size() >= limit
                ? Decision.reject(LIMIT_REACHED)
                : Decision.accept(new LabelTaken(it.account(), it.linode(), it.label()));
    }

    private static Decision<TenantEvent> change(ChangeLabel it, Known known) {
        if (owns(known, it.linode(), it.to())) {
            return Decision.accept();
        }
        if (known.labels().containsKey(it.to())) {
            return Decision.reject("label", LABEL_TAKEN);
        }
        return owns(known, it.linode(), it.from())
                ? Decision.accept(new LabelChanged(it.account(), it.linode(), it.from(), it.to()))
                : Decision.reject("label", "Linode " + it.linode() + " is not labelled " + it.from() + " any more.");
    }

    private static boolean owns(Known known, LinodeId linode, String label) {
        return linode.equals(known.labels().get(label));
    }

    private static boolean suspended(Known known) {
        return known.limit().filter(Limit::suspended).isPresent();
    }

    private static Decision<TenantEvent> limited(Known known, TenantCommand it, Limit limit) {
        return known.limit().equals(Optional.of(limit))
                ? Decision.accept()
                : Decision.accept(new TenantLimited(it.account(), limit.linodes(), limit.suspended()));
    }

    private static Known known(TenantState state) {
        return switch (state) {
            case Unheard _ -> new Known(Map.of(), Optional.empty());
            case Known it -> it;
        };
    }

    @Override
    public TenantState evolve(TenantState state, TenantEvent event) {
        Known known = known(state);
        return switch (event) {
            case LabelTaken e -> known.with(e.label(), e.linode());
            case LabelChanged e -> known.without(e.from()).with(e.to(), e.linode());
            case LabelFreed e -> known.without(e.label());
            case TenantLimited e -> new Known(known.labels(), Optional.of(new Limit(e.linodes(), e.suspended())));
        };
    }
}
