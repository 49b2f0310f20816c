package lpm.systemtests.explore;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Topics;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.simulated.CopyFault;
import lpm.hostagent.simulated.CopyPhase;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.systemtests.simulation.SimulatedApp;
import lpm.systemtests.simulation.SimulatedHost;
import lpm.systemtests.simulation.Weather;

/** What goes wrong. Most last some seconds, the last word; all can be combined with each other and any workload. */
final class Faults {
    static final Map<String, Verb> VERBS = verbs();

    private Faults() {}

    private static Map<String, Verb> verbs() {
        Map<String, Verb> all = new TreeMap<>();
        services(all);
        delivery(all);
        hosts(all);
        storage(all);
        all.put("copy", Faults::copy);
        all.put("on", Faults::on);
        all.put("once-published", Faults::oncePublished);
        all.put("when", Windows::when);
        return all;
    }

    /** Processes of services: {@code crash migration 2}, {@code rewind storage 5}, {@code republish scheduler 20}. */
    private static void services(Map<String, Verb> all) {
        all.put("crash", (world, words) -> {
            SimulatedApp service = world.cell().service(words.getFirst());
            world.sightings().crashed(service.name());
            world.during(words.get(1), service::crash, service::start);
        });
        all.put(
                "rewind",
                (world, words) -> world.cell().service(words.getFirst()).rewind(number(words)));
        all.put(
                "republish",
                (world, words) -> world.cell().service(words.getFirst()).republish(number(words)));
    }

    /** Kafka and PostgreSQL: {@code delay 300 10} (ms), {@code duplicate 20 10} (percent), {@code conflict 20 10}. */
    private static void delivery(Map<String, Verb> all) {
        all.put("delay", (world, words) -> weather(world, words, each -> each.delay(first(words))));
        all.put("duplicate", (world, words) -> weather(world, words, each -> each.duplicate(first(words))));
        all.put("conflict", (world, words) -> weather(world, words, each -> each.conflict(first(words))));
        all.put("slow-commit", (world, words) -> weather(world, words, each -> each.commitSlowly(first(words))));
        all.put("lose-telemetry", (world, words) -> weather(world, words, each -> each.loseTelemetry(first(words))));
        all.put("stall", (world, words) -> world.cell().weather().stall(words.getFirst(), Step.seconds(words.get(1))));
    }

    private static void weather(World world, List<String> words, java.util.function.Consumer<Weather> worse) {
        Weather weather = world.cell().weather();
        world.during(words.get(1), () -> worse.accept(weather), weather::calm);
    }

    /** Hosts and their agents: {@code kill-agent h1 5}, {@code power-off h1 20}, {@code skew h1 -3}. */
    private static void hosts(Map<String, Verb> all) {
        all.put("kill-agent", (world, words) -> {
            SimulatedHost host = host(world, words);
            world.sightings().agentKilled(host.id());
            world.during(words.get(1), host::killAgent, host::startAgent);
        });
        all.put("power-off", (world, words) -> {
            HostId host = new HostId(words.getFirst());
            world.sightings().poweredOff(host);
            world.during(words.get(1), () -> world.cell().xen().powerOff(host), () -> world.cell()
                    .xen()
                    .powerOn(host));
        });
        all.put("cut-kafka", (world, words) -> {
            SimulatedHost host = host(world, words);
            world.during(words.get(1), () -> host.connect(false), () -> host.connect(true));
        });
        all.put("lose-acks", (world, words) -> {
            SimulatedHost host = host(world, words);
            world.during(words.get(1), () -> host.acknowledge(false), () -> host.acknowledge(true));
        });
        all.put("late", Faults::late);
        all.put("skew", (world, words) -> host(world, words).setClockAhead(signed(words.get(1))));
        all.put("deaf", (world, words) -> world.cell().xen().ignoreShutdown(Operations.linode(words)));
        all.put("stop-guest", Faults::stopGuest);
    }

    /** {@code late h1 40}: its agent starts again, and what it tells from then on arrives only after so long. */
    private static void late(World world, List<String> words) {
        SimulatedHost host = host(world, words);
        world.cell().weather().stall(Topics.hostEvents(host.id()), Step.seconds(words.get(1)));
        world.sightings().agentKilled(host.id());
        host.startAgent();
    }

    private static Duration signed(String text) {
        return text.startsWith("-") ? Step.seconds(text.substring(1)).negated() : Step.seconds(text);
    }

    /** {@code stop-guest 1 crash}: it stops by itself where it runs. */
    private static void stopGuest(World world, List<String> words) {
        LinodeId linode = Operations.linode(words);
        world.cell().xen().figures().stream()
                .filter(each ->
                        each.running().contains(linode) && !each.sending().contains(linode))
                .map(HostFigures::host)
                .forEach(host -> world.cell().xen().stopGuest(host, linode, Cause.valueOf(words.get(1))));
    }

    /** Links and pools: {@code cut-link h1 h2 20}, {@code cut-pool h1 20}, {@code slow-disks h1 4 30} (by 4 s). */
    private static void storage(Map<String, Verb> all) {
        all.put("cut-link", (world, words) -> {
            HostId one = new HostId(words.get(0));
            HostId other = new HostId(words.get(1));
            world.during(words.get(2), () -> world.cell().xen().cutLink(one, other), () -> world.cell()
                    .xen()
                    .healLink(one, other));
        });
        all.put("cut-pool", (world, words) -> {
            HostId host = new HostId(words.getFirst());
            world.during(words.get(1), () -> world.cell().xen().cutPool(host), () -> world.cell()
                    .xen()
                    .healPool(host));
        });
        all.put("slow-disks", (world, words) -> {
            SimulatedHost host = host(world, words);
            world.during(
                    words.get(2),
                    () -> host.slowDisks(Step.seconds(words.get(1))),
                    () -> host.slowDisks(Duration.ZERO));
        });
        all.put("lose-disk-answers", (world, words) -> {
            SimulatedHost host = host(world, words);
            world.during(words.get(1), () -> host.loseDiskAnswers(true), () -> host.loseDiskAnswers(false));
        });
    }

    /** {@code copy received loseReply}: goes wrong when the next live migration enters that phase. */
    private static void copy(World world, List<String> words) {
        CopyFault fault =
                new CopyFault(CopyPhase.valueOf(words.get(0)), CopyFault.Effect.valueOf(words.get(1)), CopyFault.ANY);
        world.cell().xen().inject(fault);
    }

    /**
     * {@code on migration.HandoverOpened crash migration 2}: right after the next such event is stored, before it is
     * relayed. The names of hosts in the event, such as {@code source} and {@code target}, stand for those hosts.
     */
    private static void on(World world, List<String> words) {
        world.onceStored(
                words.getFirst(), fact -> run(world, words.subList(1, words.size()), hostsIn((Record) fact.data())));
    }

    /** The same right after the next such record is published, before the relay's position is kept. */
    private static void oncePublished(World world, List<String> words) {
        world.oncePublished(
                words.getFirst(), fact -> run(world, words.subList(1, words.size()), hostsIn((Record) fact.data())));
    }

    /** Runs a step with some words put in the place of names. */
    static void run(World world, List<String> words, Map<String, String> names) {
        List<String> actual =
                words.stream().map(each -> names.getOrDefault(each, each)).toList();
        world.act(new Step(java.util.Optional.empty(), actual.getFirst(), actual.subList(1, actual.size())));
    }

    private static Map<String, String> hostsIn(Record fact) {
        Map<String, String> names = new TreeMap<>();
        for (RecordComponent each : fact.getClass().getRecordComponents()) {
            if (each.getType() == HostRef.class) {
                names.put(each.getName(), ((HostRef) value(fact, each)).host().value());
            }
        }
        return names;
    }

    static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static SimulatedHost host(World world, List<String> words) {
        return world.cell().host(words.getFirst());
    }

    private static int first(List<String> words) {
        return Integer.parseInt(words.getFirst());
    }

    private static int number(List<String> words) {
        return Integer.parseInt(words.get(1));
    }
}
