package lpm.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import lpm.contracts.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's process: formats its folder at the first start, runs, makes the topics every cell has, and only then
 * leaves a note that it is ready. Arguments: the file with the settings, the file of the note.
 */
public final class BrokerMain {
    private static final long LOOK_MILLIS = 500;

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Properties settings = read(Path.of(arguments[0]));
        Path ready = Path.of(arguments[1]);
        Path log = Path.of(settings.getProperty("log.dirs"));
        if (!Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            format(log, Integer.parseInt(settings.getProperty("node.id")), clusterOf(settings));
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        makeTopics(settings.getProperty("advertised.listeners").replace("PLAINTEXT://", ""));
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        server.awaitShutdown();
    }

    private static Properties read(Path file) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        return settings;
    }

    /** A folder without its properties file holds nothing yet: they are what formatting writes last. */
    private static void format(Path log, int node, Uuid cluster) throws Exception {
        Files.createDirectories(log);
        Files.deleteIfExists(log.resolve(BootstrapDirectory.BINARY_BOOTSTRAP_FILENAME));
        new Formatter()
                .setClusterId(cluster.toString())
                .setNodeId(node)
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .run();
    }

    /** Brokers that vote together are of one cluster; a single one that lost its folder is of another than before. */
    private static Uuid clusterOf(Properties settings) {
        String voters = settings.getProperty("controller.quorum.voters");
        if (!voters.contains(",")) {
            return Uuid.randomUuid();
        }
        UUID named = UUID.nameUUIDFromBytes(voters.getBytes(StandardCharsets.UTF_8));
        return new Uuid(named.getMostSignificantBits(), named.getLeastSignificantBits());
    }

    private static void makeTopics(String address) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
            while (!areMade(admin)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    /** With as many copies as there are brokers: so only when all of them are there. */
    private static boolean areMade(Admin admin) throws InterruptedException, ExecutionException {
        try {
            Set<String> known = admin.listTopics().names().get();
            List<NewTopic> missing = Topics.fixed().stream()
                    .filter(topic -> !known.contains(topic.name()))
                    .map(BrokerMain::topic)
                    .toList();
            admin.createTopics(missing).all().get();
            return true;
        } catch (ExecutionException e) {
            // a service, or another broker, may have made one in between
            if (e.getCause() instanceof TopicExistsException
                    || e.getCause() instanceof InvalidReplicationFactorException
                    || e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    private static NewTopic topic(Topics.Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                .configs(Map.of("retention.ms", Long.toString(topic.kept().toMillis())));
    }
}
