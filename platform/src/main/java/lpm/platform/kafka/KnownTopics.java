package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The topics that somebody reads or writes, as they were when last looked at. One that was lost and made again under
 * the same name is another topic: whoever still believes in the old one must start anew.
 */
final class KnownTopics implements AutoCloseable {
    private final TopicIds ids;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Set<String> past = ConcurrentHashMap.newKeySet();
    private double connections;
    private @Nullable Metric connectionsMade;

    /** @param connection how to reach Kafka: bootstrap servers, security */
    KnownTopics(Map<String, String> connection) {
        this(connection, Map.of());
    }

    /** @param known ids of topics as they were before */
    KnownTopics(Map<String, String> connection, Map<String, String> known) {
        this.ids = new TopicIds(connection);
        this.known.putAll(known);
    }

    /** A topic is not the one it was. */
    static final class Replaced extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Replaced(String topic) {
            super("topic " + topic + " is not the one it was: it was lost, or lost and made again");
        }
    }

    /**
     * Looks at these topics and again at all known ones, in one request. Throws {@link Replaced} if a known one
     * changed, and something else if Kafka is away.
     */
    void look(Collection<String> topics) {
        Set<String> all = new HashSet<>(topics);
        all.addAll(known.keySet());
        Map<String, String> found = ids.of(all);
        known.forEach((topic, id) -> {
            if (!id.equals(found.get(topic))) {
                throw new Replaced(topic);
            }
        });
        known.putAll(found);
    }

    /**
     * Looks again if this reader has reached a broker anew, as it must after one has lost its topics: what it brought
     * since may be of others. Throws {@link Replaced} then. It is always the same reader.
     */
    void lookAfter(Consumer<?, ?> reader) {
        double made = made(reader);
        if (made != connections) {
            look(List.of());
            connections = made;
        }
    }

    private double made(Consumer<?, ?> reader) {
        Metric metric = connectionsMade;
        if (metric == null) {
            // a reader has hundreds, and is asked after each poll
            metric = reader.metrics().values().stream()
                    .filter(each -> each.metricName().name().equals("connection-creation-total"))
                    .findFirst()
                    .orElseThrow();
            connectionsMade = metric;
        }
        return (Double) metric.metricValue();
    }

    /** Whether there is such a topic, once it was looked for. */
    boolean has(String topic) {
        if (!known.containsKey(topic)) {
            look(List.of(topic));
        }
        return known.containsKey(topic);
    }

    /** The id of a topic. Throws if there is none, or if Kafka is away and it was never seen. */
    String idOf(String topic) {
        String id = has(topic) ? known.get(topic) : null;
        if (id == null) {
            throw new IllegalStateException("there is no topic " + topic + " yet");
        }
        return id;
    }

    /**
     * Whether a record was written for the topic in which it is. One that was under way while its topic was lost was
     * not. Throws {@link Replaced} if it is the topic that changed since.
     */
    boolean isMeant(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(Topics.ID_HEADER);
        if (header == null) {
            return true;
        }
        String meant = new String(header.value(), StandardCharsets.UTF_8);
        if (meant.equals(idOf(record.topic()))) {
            return true;
        }
        if (past.add(meant)) {
            look(List.of());
        }
        return false;
    }

    @Override
    public void close() {
        ids.close();
    }
}
