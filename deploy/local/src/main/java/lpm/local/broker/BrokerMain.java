package lpm.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import lpm.contracts.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
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
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Properties settings = read(Path.of(arguments[0]));
        Path ready = Path.of(arguments[1]);
        Path log = Path.of(settings.getProperty("log.dirs"));
        if (!Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            format(log);
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
    private static void format(Path log) throws Exception {
        Files.createDirectories(log);
        Files.deleteIfExists(log.resolve(BootstrapDirectory.BINARY_BOOTSTRAP_FILENAME));
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .run();
    }

    private static void makeTopics(String address) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
            Set<String> known = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            for (Topics.Topic topic : Topics.fixed()) {
                if (!known.contains(topic.name())) {
                    missing.add(new NewTopic(topic.name(), topic.partitions(), (short) 1)
                            .configs(Map.of(
                                    "retention.ms", Long.toString(topic.kept().toMillis()))));
                }
            }
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            // a service may have made one in between
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
