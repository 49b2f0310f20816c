package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import lpm.cli.Api;
import lpm.local.Waiting;
import lpm.xenlab.Dom0Agent;

/** The agent where it is in production: inside dom0, under Xen's own watchdog. */
final class AgentInside {
    static final List<Scenario> SCENARIOS = List.of(Scenario.more("agent-inside-dom0", AgentInside::inside));

    private static final String HOST = "h1";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private AgentInside() {}

    /** It is adopted, starts a Linode, sends it, receives it again; killed, its host is reset by its own watchdog. */
    static String inside(Stage stage) {
        String other = stage.other(HOST);
        stage.agent(HOST).stop();
        // a host that starts anew is not watched from outside until an agent outside begins to
        stage.host(HOST).powerOff();
        long epoch = HostDeaths.epoch(stage, HOST);
        stage.host(HOST).powerOn();
        stage.host(HOST).awaitReady();
        try (Dom0Agent agent = Dom0Agent.start(stage.cloud(), stage.host(HOST))) {
            double adopted = adopted(stage, agent, epoch);
            Guest guest = guestThere(stage, other);
            guest.migrateTo(other).mustComplete();
            Move back = guest.migrateTo(HOST);
            back.mustComplete();
            double cpu = agent.cpuPercent(IDLE);
            double resident = agent.residentMib();
            guest.migrateTo(other).mustComplete();
            guest.mustHaveAllTicks();
            return String.format(
                    Locale.ROOT,
                    "adopted %.1f s after its start; moved away, back (%s) and away; %.0f MiB resident, %.0f %% of an"
                            + " emulated processor; killed, the host was reset after %.1f s",
                    adopted,
                    back.figures(),
                    resident,
                    cpu,
                    killed(stage, agent));
        }
    }

    private static double adopted(Stage stage, Dom0Agent agent, long epoch) {
        long started = System.nanoTime();
        Waiting.until(
                "host " + HOST + " under a newer epoch than " + epoch,
                LIMIT,
                PAUSE,
                () -> stage.calm(() -> HostDeaths.epoch(stage, HOST)) > epoch
                        ? Waiting.Look.ready(true)
                        : Waiting.Look.notYet(agent.log()));
        stage.awaitHostState(HOST, "active", LIMIT);
        return DoubleRunWitness.seconds(System.nanoTime() - started);
    }

    private static Guest guestThere(Stage stage, String other) {
        stage.operator().post("/ops/v1/hosts/" + other + "/cordon", Api.object());
        Guest guest = stage.guest();
        guest.mustRunOn(HOST);
        stage.operator().post("/ops/v1/hosts/" + other + "/uncordon");
        stage.awaitHostState(other, "active", LIMIT);
        return guest;
    }

    /** How long the host lives on without it. */
    private static double killed(Stage stage, Dom0Agent agent) {
        long machine = stage.host(HOST).process();
        long killed = System.nanoTime();
        agent.kill();
        Waiting.until(
                "Xen's watchdog to reset host " + HOST,
                LIMIT,
                () -> stage.host(HOST).process() == machine
                        ? Waiting.Look.notYet("it runs")
                        : Waiting.Look.ready(true));
        return DoubleRunWitness.seconds(System.nanoTime() - killed);
    }
}
