package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Kafka broker (KRaft, with a controller) in a process of its own, alone or with others that keep the same. */
public final class Broker implements AutoCloseable {
    static final String NAME = "kafka";
    private static final String HEAP = "-Xmx256m";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final DataDir dir;
    private final Routing routing;
    private final Routing.Node node;
    private final Path ready;
    private final Child child;

    private Broker(Path home, DataDir dir, Routing routing, Routing.Node node, Progress progress) {
        this.dir = dir;
        this.routing = routing;
        this.node = node;
        this.ready = dir.of("run").resolve(node.name() + ".ready");
        this.child = new Child(
                new Child.Spec(
                        node.name(),
                        new Built(home)
                                .broker()
                                .command(HEAP, List.of(settings().toString(), ready.toString())),
                        Map.of(),
                        this::answers,
                        "TERM",
                        STOP_LIMIT),
                dir,
                progress);
    }

    /** One by itself with everybody's topics, for measuring; comes back when it works. */
    public static Broker alone(Path home, DataDir dir, Progress progress) {
        Ports ports = Ports.in(dir);
        Broker broker = all(home, dir, Routing.over(Wires.DIRECT, ports, List.of()), progress)
                .getFirst();
        broker.start();
        broker.awaitReady();
        return broker;
    }

    /** Kafka's brokers, none started yet. */
    static List<Broker> all(Path home, DataDir dir, Routing routing, Progress progress) {
        return routing.nodes().stream()
                .map(node -> new Broker(home, dir, routing, node, progress))
                .toList();
    }

    /** Whether a process of this name is a broker. */
    static boolean isOne(String process) {
        return process.equals(NAME) || process.startsWith(NAME + "-");
    }

    void start() {
        try {
            Files.deleteIfExists(ready);
            Files.writeString(settings(), BrokerSettings.of(routing, node, dir.of(node.name())));
        } catch (IOException e) {
            throw new LocalFailure("Kafka cannot be configured: " + e.getMessage() + ".", e);
        }
        child.start();
    }

    void awaitReady() {
        child.awaitReady(START_LIMIT);
    }

    @Override
    public void close() {
        child.close();
    }

    /** The supervised broker, for faults in tests. */
    public Child process() {
        return child;
    }

    /** Where clients find it and the others. */
    public String bootstrap() {
        return routing.kafka();
    }

    /** Where clients find this one alone. */
    public String address() {
        return address(node.port());
    }

    static String address(int port) {
        return "127.0.0.1:" + port;
    }

    /** Its note must be of this very process: an earlier one's may still lie there. */
    private boolean answers() {
        try {
            return Files.exists(ready) && Files.readString(ready).equals(Long.toString(child.pid()));
        } catch (IOException e) {
            return false;
        }
    }

    private Path settings() {
        return dir.of(node.name() + ".properties");
    }
}
