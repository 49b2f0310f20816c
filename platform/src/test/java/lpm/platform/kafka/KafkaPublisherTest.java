package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lpm.platform.json.EnvelopeJson;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
    private static final String TOPIC = "publisher-test";
    private static final byte[] SMALL = {1};

    private final Broker broker = Broker.shared();

    /** It is sent again from there: a later one of its key, read before it, would be a hole at which readers stop. */
    @Test
    void afterARecordThatWasNotTakenNoLaterOneIsSent() {
        broker.makeTopic(TOPIC, 1);
        try (KafkaPublisher publisher = new KafkaPublisher(broker.connection())) {
            publisher.send(TOPIC, "k", "test", new byte[EnvelopeJson.MAX_BYTES + 1]);
            assertThatThrownBy(() -> publisher.send(TOPIC, "k", "test", SMALL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("did not take a record");
            assertThatThrownBy(publisher::awaitAcks).isInstanceOf(IllegalStateException.class);
        }
        assertThat(records()).isZero();
        try (KafkaPublisher another = new KafkaPublisher(broker.connection())) {
            another.send(TOPIC, "k", "test", SMALL);
            another.awaitAcks();
        }
        assertThat(records()).isEqualTo(1);
    }

    private long records() {
        Map<String, Object> settings = new HashMap<>(broker.connection());
        try (KafkaConsumer<String, byte[]> reader =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(TOPIC, 0);
            return reader.endOffsets(List.of(only), Duration.ofSeconds(20)).get(only);
        }
    }
}
