package lpm.platform.kafka;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lpm.contracts.HostId;
import lpm.contracts.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the two topics of hosts before they are enrolled, and again when they were lost. Those that are there stay. */
@Singleton
public final class HostTopics {
    /** How long the brokers may take, in seconds. */
    static final long LIMIT_SECONDS = 10;

    private final String bootstrap;

    public HostTopics(@ConfigProperty(name = "lpm.kafka") String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Makes the topics with the replicas the brokers give by default. */
    public void create(Collection<HostId> hosts) {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        Admin admin = Admin.create(settings);
        try {
            List<NewTopic> topics = hosts.stream()
                    .flatMap(host -> Topics.ofHost(host).stream())
                    .map(HostTopics::topic)
                    .toList();
            admin.createTopics(topics).values().forEach((name, made) -> await(name, made));
        } finally {
            admin.close(Duration.ofSeconds(LIMIT_SECONDS));
        }
    }

    private static NewTopic topic(Topics.Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                .configs(Map.of("retention.ms", String.valueOf(topic.kept().toMillis())));
    }

    private static void await(String topic, KafkaFuture<Void> made) {
        try {
            made.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + topic + " could not be made", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("topic " + topic + " was not made within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topic " + topic + " was made", e);
        }
    }
}
