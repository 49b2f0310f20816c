package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A real Kafka broker (KRaft, its own controller) in a process of its own. */
public final class Broker implements AutoCloseable {
    static final String NAME = "kafka";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final DataDir dir;
    private final int port;
    private final int controllerPort;
    private final Routing routing;
    private final Path ready;
    private final Child child;

    Broker(Path home, DataDir dir, Ports ports, Routing routing, Progress progress) {
        this.dir = dir;
        this.port = routing.kafka();
        this.controllerPort = ports.of("kafka-controller");
        this.routing = routing;
        this.ready = dir.of("run").resolve("kafka.ready");
        this.child = new Child(
                new Child.Spec(
                        NAME,
                        List.of(
                                Home.java(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                                "-cp",
                                Home.brokerClassPath(home),
                                "lpm.local.broker.BrokerMain",
                                settings().toString(),
                                ready.toString()),
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
        Broker broker = new Broker(home, dir, ports, Routing.over(Wires.DIRECT, ports, List.of()), progress);
        broker.start();
        broker.awaitReady();
        return broker;
    }

    void start() {
        try {
            Files.deleteIfExists(ready);
            Files.writeString(settings(), configuration());
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

    /** Where clients find it. */
    public String bootstrap() {
        return address(port);
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
        return dir.of("kafka.properties");
    }

    private String configuration() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%4$s
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d%5$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT%6$s
                log.dirs=%3$s
                auto.create.topics.enable=false
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.cleaner.dedupe.buffer.size=16777216
                log.index.size.max.bytes=1048576
                log.segment.bytes=67108864
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                min.insync.replicas=1
                group.initial.rebalance.delay.ms=0
                """.formatted(
                        port,
                        controllerPort,
                        dir.of(NAME),
                        each(way -> ",%s://127.0.0.1:%d".formatted(way.listener(), way.port())),
                        each(way -> ",%s://127.0.0.1:%d".formatted(way.listener(), way.advertised())),
                        each(way -> ",%s:PLAINTEXT".formatted(way.listener())));
    }

    /** A client goes on to the address that the broker tells it: each way needs a listener of its own. */
    private String each(Function<Routing.Way, String> text) {
        return routing.ways().stream().map(text).collect(Collectors.joining());
    }
}
