package lpm.systemtests.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lpm.account.access.TokenCommand;
import lpm.account.customer.CustomerCommand;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.TokenId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.platform.Query;
import lpm.scheduler.drain.DrainCommand;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.linode.LinodeState;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.rebalance.Goal;
import lpm.scheduler.rebalance.LoadedFleet;
import lpm.scheduler.rebalance.RebalanceCommand;
import lpm.scheduler.rebalance.RebalancePlan;
import lpm.scheduler.rebalance.RebalancePlanner;

/** What customers and operators ask for, as the API's resources put it. A refused request changes nothing. */
final class Operations {
    static final AccountId ACCOUNT = new AccountId(7);
    static final String SCHEDULER = "scheduler";
    private static final long MAX_PAUSE_MILLIS = 10_000;
    private static final int MOVES = 5;

    static final Map<String, Verb> VERBS = verbs();

    private Operations() {}

    private static Map<String, Verb> verbs() {
        Map<String, Verb> all = new TreeMap<>(VolumeOperations.VERBS);
        all.put("create", Orders::create);
        all.put("resize", Orders::resize);
        all.put("boot", (world, words) -> world.ask(SCHEDULER, new LinodeCommand.Boot(linode(words))));
        all.put("shutdown", (world, words) -> world.ask(SCHEDULER, new LinodeCommand.Shutdown(linode(words))));
        all.put("reboot", (world, words) -> world.ask(SCHEDULER, new LinodeCommand.Reboot(linode(words))));
        all.put("delete", (world, words) -> world.ask(SCHEDULER, new LinodeCommand.Delete(linode(words))));
        all.put("migrate", Operations::migrate);
        all.put("drain", Operations::drain);
        all.put("uncordon", Operations::uncordon);
        all.put("cordon", (world, words) -> world.ask(SCHEDULER, new FleetHostCommand.CordonHost(host(words), "full")));
        all.put("fence", Operations::fence);
        all.put("rebalance", Operations::rebalance);
        all.put("issue-token", Orders::issueToken);
        all.put(
                "revoke-token",
                (world, words) -> world.ask("account", new TokenCommand.RevokeToken(token(words), ACCOUNT)));
        all.put(
                "suspend-account",
                (world, _) -> world.ask("account", new CustomerCommand.SuspendAccount(ACCOUNT, "a test")));
        all.put("resume-account", (world, _) -> world.ask("account", new CustomerCommand.ResumeAccount(ACCOUNT)));
        return all;
    }

    static LinodeId linode(List<String> words) {
        return new LinodeId(Long.parseLong(words.getFirst()));
    }

    static HostId host(List<String> words) {
        return new HostId(words.getFirst());
    }

    static TokenId token(List<String> words) {
        return new TokenId(Long.parseLong(words.getFirst()));
    }

    static Optional<LinodeState.Placed> placed(World world, LinodeId linode) {
        return world.cell()
                .service(SCHEDULER)
                .state(linode.aggregateId(), LinodeState.class)
                .filter(LinodeState.Placed.class::isInstance)
                .map(LinodeState.Placed.class::cast);
    }

    /** {@code migrate 1 [cold]}. */
    private static void migrate(World world, List<String> words) {
        Mode mode = words.contains("cold") ? Mode.cold : Mode.live;
        MigrationId id = new MigrationId(world.cell().nextId("migration"));
        world.ask(SCHEDULER, new PlanMove(linode(words), Optional.empty(), mode, id, "a test", MAX_PAUSE_MILLIS));
    }

    private static void drain(World world, List<String> words) {
        HostId host = host(words);
        long drain = world.cell().nextId("drain");
        List<LinodeId> there = world
                .cell()
                .service(SCHEDULER)
                .rows()
                .find(ReservationRow.TABLE, Query.where("host", host.value()), ReservationRow.class)
                .stream()
                .map(ReservationRow::linode)
                .toList();
        world.ask(
                SCHEDULER,
                new FleetHostCommand.MarkDraining(host, drain, 2),
                new DrainCommand.StartDrain(drain, host, there, 2));
    }

    /** Opens a host again, and ends its drain. */
    static void uncordon(World world, List<String> words) {
        HostId host = host(words);
        List<Command> unit = new ArrayList<>(List.of(new FleetHostCommand.UncordonHost(host)));
        row(world, host)
                .flatMap(row -> Optional.ofNullable(row.drain()))
                .ifPresent(drain -> unit.add(new DrainCommand.CancelDrain(drain, "the host was uncordoned")));
        world.ask(SCHEDULER, unit.toArray(Command[]::new));
    }

    /** Declares a host dead. */
    private static void fence(World world, List<String> words) {
        HostId host = host(words);
        long epoch = row(world, host).map(HostRow::ref).map(HostRef::hostEpoch).orElse(0L);
        if (epoch > 0) {
            world.ask(
                    SCHEDULER,
                    new FleetHostCommand.CordonHost(host, "declared dead"),
                    new FleetHostCommand.RequestFence(host, epoch, true, "declared dead"));
        }
    }

    static Optional<HostRow> row(World world, HostId host) {
        return world.cell().service(SCHEDULER).rows().get(HostRow.TABLE, host.value(), HostRow.class);
    }

    private static void rebalance(World world, List<String> words) {
        RebalancePlan plan = new RebalancePlanner()
                .plan(LoadedFleet.all(world.cell().service(SCHEDULER).rows()), Goal.balance, MOVES);
        long id = world.cell().nextId("rebalance");
        world.ask(
                SCHEDULER,
                new RebalanceCommand.StartRebalance(
                        id, Goal.balance.name(), plan.moves(), plan.scoreBefore(), plan.scoreAfter(), 2));
    }
}
