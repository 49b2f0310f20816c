package lpm.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** How each program of the cloud is started: its command, its settings, how it tells that it is ready. */
final class Programs {
    /**
     * Small heaps and no second compiler: on one machine starting fast and staying small counts more than peak speed.
     */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String SERVICE_HEAP = "-Xmx192m";
    static final String AGENT_HEAP = "-Xmx96m";
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final Hosts hosts;
    private final Path home;
    private final DataDir dir;
    private final Secrets secrets;
    private final Ports ports;
    private final Routing routing;

    Programs(Hosts hosts, Path home, DataDir dir, Secrets secrets, Ports ports, Routing routing) {
        this.hosts = hosts;
        this.home = home;
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
        return java(name, SERVICE_HEAP, runJar(name), settings, () -> healthy(port));
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
        List<String> program = List.of("-jar", Home.agentJar(home).toString());
        return java(name, AGENT_HEAP, program, settings, () -> healthy(port));
    }

    static String agentName(String host) {
        return "agent-" + host;
    }

    private List<String> runJar(String service) {
        return List.of("-jar", Home.serviceJar(home, service).toString());
    }

    /** A program of ours on the launcher's own Java. */
    static Child.Spec java(
            String name, String heap, List<String> program, Map<String, String> settings, BooleanSupplier ready) {
        List<String> command = new ArrayList<>();
        command.add(Home.java());
        command.add(heap);
        command.addAll(JVM);
        command.addAll(program);
        return new Child.Spec(name, command, settings, ready, "TERM", Child.Spec.USUAL_STOP);
    }

    private static boolean healthy(int port) {
        return Health.isGood(port, "/q/health/ready", HEALTH_LIMIT);
    }
}
