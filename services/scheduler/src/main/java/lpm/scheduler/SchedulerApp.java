package lpm.scheduler;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import lpm.contracts.Topics;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.DrainEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.PlacementEvent;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.scheduler.TenantEvent;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.Ids;
import lpm.platform.rest.KnownTokens;
import lpm.scheduler.address.AddressCommand;
import lpm.scheduler.address.AddressDecider;
import lpm.scheduler.address.AddressState;
import lpm.scheduler.address.AddressView;
import lpm.scheduler.drain.DrainCommand;
import lpm.scheduler.drain.DrainDecider;
import lpm.scheduler.drain.DrainInbox;
import lpm.scheduler.drain.DrainNewsPlanner;
import lpm.scheduler.drain.DrainProcess;
import lpm.scheduler.drain.DrainState;
import lpm.scheduler.drain.DrainView;
import lpm.scheduler.drain.NextDrainMovePlanner;
import lpm.scheduler.drain.TryDrainMovePlanner;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.host.HostDecider;
import lpm.scheduler.host.HostInbox;
import lpm.scheduler.host.HostProcess;
import lpm.scheduler.host.HostState;
import lpm.scheduler.host.HostView;
import lpm.scheduler.host.HostsWatcher;
import lpm.scheduler.linode.KnownVolumes;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.linode.LinodeDecider;
import lpm.scheduler.linode.LinodeInbox;
import lpm.scheduler.linode.LinodeProcess;
import lpm.scheduler.linode.LinodeState;
import lpm.scheduler.linode.LinodeView;
import lpm.scheduler.linode.MoveLinodePlanner;
import lpm.scheduler.linode.PlaceLinodePlanner;
import lpm.scheduler.linode.ReconcilePlanner;
import lpm.scheduler.linode.SecretPlanner;
import lpm.scheduler.linode.SecretSealing;
import lpm.scheduler.linode.SecretTables;
import lpm.scheduler.linode.SuspensionPlanner;
import lpm.scheduler.placement.DecisionCommand;
import lpm.scheduler.placement.DecisionDecider;
import lpm.scheduler.placement.DecisionState;
import lpm.scheduler.placement.DecisionView;
import lpm.scheduler.rebalance.NextRebalanceMovePlanner;
import lpm.scheduler.rebalance.RebalanceCommand;
import lpm.scheduler.rebalance.RebalanceDecider;
import lpm.scheduler.rebalance.RebalanceInbox;
import lpm.scheduler.rebalance.RebalanceNewsPlanner;
import lpm.scheduler.rebalance.RebalanceProcess;
import lpm.scheduler.rebalance.RebalanceState;
import lpm.scheduler.rebalance.RebalanceView;
import lpm.scheduler.recovery.RecoveryCommand;
import lpm.scheduler.recovery.RecoveryDecider;
import lpm.scheduler.recovery.RecoveryInbox;
import lpm.scheduler.recovery.RecoveryProcess;
import lpm.scheduler.recovery.RecoveryState;
import lpm.scheduler.tenant.TenantCommand;
import lpm.scheduler.tenant.TenantDecider;
import lpm.scheduler.tenant.TenantInbox;
import lpm.scheduler.tenant.TenantState;

/** The scheduler on one screen. */
public final class SchedulerApp {
    private SchedulerApp() {}

    /**
     * Its features, and what it reads for them. Its own events too: features hear of each other in that way.
     *
     * @param random seals secrets
     */
    public static App app(Ids ids, RandomGenerator random) {
        return new App(
                "scheduler",
                List.of(
                        topic(Topics.ACCOUNT_EVENTS),
                        topic(Topics.SCHEDULER_EVENTS),
                        topic(Topics.MIGRATION_EVENTS),
                        topic(Topics.STORAGE_EVENTS),
                        Topics.HOST_EVENTS),
                true,
                List.of(linode(), tenant(), address(), host(), decision(), drain(), rebalance(), recovery()),
                List.of(
                        new PlaceLinodePlanner(),
                        new MoveLinodePlanner(),
                        new ReconcilePlanner(),
                        new SuspensionPlanner(),
                        new SecretPlanner(),
                        new NextDrainMovePlanner(ids),
                        new TryDrainMovePlanner(ids),
                        new DrainNewsPlanner(),
                        new NextRebalanceMovePlanner(ids),
                        new RebalanceNewsPlanner()),
                List.of(new KnownTokens(), new KnownVolumes(), new SecretTables()),
                List.of(new HostsWatcher()),
                new SecretSealing(random));
    }

    private static Pattern topic(String name) {
        return Pattern.compile(Pattern.quote(name));
    }

    private static Feature<LinodeCommand, LinodeState, LinodeEvent> linode() {
        return Feature.of("linode", LinodeCommand.class, LinodeState.class, LinodeEvent.class, new LinodeDecider())
                .reacting(new LinodeProcess())
                .listening(new LinodeInbox())
                .showing(new LinodeView());
    }

    private static Feature<TenantCommand, TenantState, TenantEvent> tenant() {
        return Feature.of("tenant", TenantCommand.class, TenantState.class, TenantEvent.class, new TenantDecider())
                .listening(new TenantInbox());
    }

    private static Feature<AddressCommand, AddressState, AddressEvent> address() {
        return Feature.of("address", AddressCommand.class, AddressState.class, AddressEvent.class, new AddressDecider())
                .showing(new AddressView());
    }

    private static Feature<FleetHostCommand, HostState, HostEvent> host() {
        return Feature.of("host", FleetHostCommand.class, HostState.class, HostEvent.class, new HostDecider())
                .reacting(new HostProcess())
                .listening(new HostInbox())
                .showing(new HostView());
    }

    private static Feature<DecisionCommand, DecisionState, PlacementEvent> decision() {
        return Feature.of(
                        "decision",
                        DecisionCommand.class,
                        DecisionState.class,
                        PlacementEvent.class,
                        new DecisionDecider())
                .showing(new DecisionView());
    }

    private static Feature<DrainCommand, DrainState, DrainEvent> drain() {
        return Feature.of("drain", DrainCommand.class, DrainState.class, DrainEvent.class, new DrainDecider())
                .reacting(new DrainProcess())
                .listening(new DrainInbox())
                .showing(new DrainView());
    }

    private static Feature<RebalanceCommand, RebalanceState, RebalanceEvent> rebalance() {
        return Feature.of(
                        "rebalance",
                        RebalanceCommand.class,
                        RebalanceState.class,
                        RebalanceEvent.class,
                        new RebalanceDecider())
                .reacting(new RebalanceProcess())
                .listening(new RebalanceInbox())
                .showing(new RebalanceView());
    }

    private static Feature<RecoveryCommand, RecoveryState, RecoveryEvent> recovery() {
        return Feature.of(
                        "recovery",
                        RecoveryCommand.class,
                        RecoveryState.class,
                        RecoveryEvent.class,
                        new RecoveryDecider())
                .reacting(new RecoveryProcess())
                .listening(new RecoveryInbox());
    }
}
