package lpm.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for the ids of topics. A topic that was lost and made again has another id under the same name. */
final class TopicIds implements AutoCloseable {
    private static final int REQUEST_MILLIS = 8_000;

    private final Admin admin;

    /** @param connection how to reach Kafka: bootstrap servers, security */
    TopicIds(Map<String, String> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        admin = Admin.create(settings);
    }

    /** The ids of those topics that there are. Throws if Kafka is away. */
    Map<String, String> of(Collection<String> topics) {
        Map<String, String> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                found.put(each.getKey(), each.getValue().get().topicId().toString());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof InvalidTopicException)) {
                    throw new IllegalStateException("Kafka does not say whether there is a topic " + each.getKey(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking for topic " + each.getKey(), e);
            }
        }
        return found;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
