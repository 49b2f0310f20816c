package lpm.platform.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/** A real Kafka broker (KRaft) in a process of its own, on loopback, gone with the tests. */
final class Broker {
    private final Path folder;
    private final Path settings;
    private final int port;
    private Process process;

    private Broker(Path folder, Path settings, int port, Process process) {
        this.folder = folder;
        this.settings = settings;
        this.port = port;
        this.process = process;
    }

    /** One broker for all tests of a JVM, with the topics that are everybody's. */
    static Broker shared() {
        return Shared.BROKER;
    }

    private static final class Shared {
        private static final Broker BROKER = begin();

        private static Broker begin() {
            try {
                Broker broker = start();
                broker.makeTopic("lpm.account.pulse", 1);
                broker.makeTopic("lpm.host.telemetry", 2);
                broker.makeTopic("lpm.storage.commands", 3);
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Broker start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "broker").toAbsolutePath();
        int port = freePort();
        Path settings = folder.resolve("server.properties");
        Files.write(
                settings,
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + freePort(),
                        "controller.listener.names=CONTROLLER",
                        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:%s",
                        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                        "log.dirs=" + folder.resolve("log"),
                        "offsets.topic.replication.factor=1",
                        "offsets.topic.num.partitions=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        "group.initial.rebalance.delay.ms=0",
                        "auto.create.topics.enable=false"));
        String text = Files.readString(settings);
        String controller = text.replaceAll("(?s).*voters=1@127.0.0.1:(\\d+).*", "$1");
        Files.writeString(settings, text.replace("%s", controller));
        Broker broker = new Broker(folder, settings, port, launch(folder, settings));
        broker.awaitReady();
        return broker;
    }

    private static Process launch(Path folder, Path settings) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        Broker.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.out").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The broker's own process. */
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            settings.load(in);
        }
        String log = settings.getProperty("log.dirs");
        if (!Files.exists(Path.of(log))) {
            Files.createDirectories(Path.of(log));
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(log)
                    .setMetadataLogDirectory(log)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        server.awaitShutdown();
    }

    Map<String, String> connection() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + port);
    }

    void makeTopic(String name, int partitions) {
        try (Admin admin = Admin.create(Map.copyOf(connection()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loses a topic with all that is in it, and makes an empty one of the same name. */
    void remakeTopic(String name, int partitions) {
        try (Admin admin = Admin.create(Map.copyOf(connection()))) {
            admin.deleteTopics(List.of(name)).all().get();
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> !admin.listTopics().names().get().contains(name));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        makeTopic(name, partitions);
    }

    /** How many records were ever written to a topic. */
    long records(String name, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            ends.put(new TopicPartition(name, i), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(Map.copyOf(connection()))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        Awaitility.await().atMost(180, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(folder.resolve("broker.out")));
            }
            try (Admin admin = Admin.create(Map.of(
                    "bootstrap.servers",
                    "127.0.0.1:" + port,
                    "default.api.timeout.ms",
                    "2000",
                    "request.timeout.ms",
                    "1500"))) {
                return admin.describeCluster().nodes().get().size() == 1;
            }
        });
    }

    /** Stops the broker with everything kept. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void restart() throws IOException {
        process = launch(folder, settings);
        awaitReady();
    }
}
