package lpm.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import lpm.local.jvm.Program;

/** How each program of the cloud is started: its command, its settings, how it tells that it is ready. */
final class Programs {
    private static final String SERVICE_HEAP = "-Xmx192m";
    static final String AGENT_HEAP = "-Xmx96m";
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final Hosts hosts;
    private final Built built;
    private final DataDir dir;
    private final Secrets secrets;
    private final Ports ports;
    private final Routing routing;

    Programs(Hosts hosts, Path home, DataDir dir, Secrets secrets, Ports ports, Routing routing) {
        this.hosts = hosts;
        this.built = new Built(home);
        this.dir = dir;
        this.secrets = secrets;
        this.ports = ports;
        this.routing = routing;
    }

    /** One of the four services with a store. */
    Child.Spec service(String name) {
        int port = ports.of(name);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "LPM_PORT",
                Integer.toString(port),
                "LPM_DB_URL",
                PostgreSql.url(routing.postgreSql(name)),
                "LPM_DB_USER",
                name,
                "LPM_DB_PASSWORD",
                secrets.password(name),
                "LPM_KAFKA",
                routing.kafka(name),
                "LPM_TOKEN_KEY",
                secrets.tokenKey()));
        if (name.equals("account")) {
            settings.put("LPM_DEMO_TOKEN", secrets.token());
            settings.put("LPM_OPERATOR_TOKEN", secrets.operatorToken());
            settings.put("LPM_AUDIT_KEY", secrets.auditKey());
        }
        settings.putAll(hosts.serviceSettings(name));
        return process(name, SERVICE_HEAP, built.service(name), settings, () -> healthy(port));
    }

    /** The agent of one host. */
    Child.Spec agent(String host) {
        String name = agentName(host);
        int port = ports.of(name);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "LPM_HOST",
                host,
                "LPM_KAFKA",
                routing.kafka(name),
                "LPM_DATA",
                dir.of(name).toString(),
                "LPM_REGION",
                LocalCloud.REGION,
                "LPM_PORT",
                Integer.toString(port)));
        settings.putAll(hosts.agentSettings(host));
        return process(name, AGENT_HEAP, built.agent(), settings, () -> healthy(port));
    }

    static String agentName(String host) {
        return "agent-" + host;
    }

    /** A program of ours that needs nothing but settings. */
    static Child.Spec process(
            String name, String heap, Program program, Map<String, String> settings, BooleanSupplier ready) {
        List<String> command = program.command(heap, List.of());
        return new Child.Spec(name, command, settings, ready, "TERM", Child.Spec.USUAL_STOP);
    }

    private static boolean healthy(int port) {
        return Health.isGood(port, "/q/health/ready", HEALTH_LIMIT);
    }
}
