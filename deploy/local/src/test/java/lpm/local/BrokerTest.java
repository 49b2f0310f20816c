package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import lpm.contracts.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private DataDir dir;
    private Broker broker;

    @BeforeEach
    void start() {
        dir = DataDir.open(folder.resolve("data"));
        Ports ports = Ports.in(dir);
        Routing direct = Routing.over(Wires.DIRECT, ports, List.of());
        broker = Broker.all(Home.find(), dir, direct, new Progress(System.out)).getFirst();
        broker.start();
        broker.awaitReady();
    }

    @AfterEach
    void stop() {
        broker.process().stop();
        dir.close();
    }

    @Test
    void hasTheFixedTopicsAndKeepsRecordsThroughAKill() throws Exception {
        Set<String> expected =
                Set.copyOf(Topics.fixed().stream().map(Topics.Topic::name).toList());
        assertThat(topics()).isEqualTo(expected);
        write(Topics.ACCOUNT_EVENTS, "account:1", "kept");

        broker.process().crash();
        broker.process().awaitReady(LIMIT);

        assertThat(topics()).containsAll(expected);
        assertThat(read(Topics.ACCOUNT_EVENTS)).containsExactly("kept");
    }

    private Set<String> topics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrap()))) {
            return admin.listTopics().names().get();
        }
    }

    private void write(String topic, String key, String value) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) broker.bootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
        }
    }

    private List<String> read(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", (Object) broker.bootstrap()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition first = new TopicPartition(topic, 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            return consumer.poll(LIMIT).records(first).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }
}
