package lpm.systemtests.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the hosts' command topics as agents do, and notes when each Linode's boot order came. */
final class OrderWatch implements AutoCloseable {
    private static final String BOOT = "host.BootLinode";
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<Long, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean open = true;

    OrderWatch(String bootstrap) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                "bench-" + UUID.randomUUID(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "latest",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class));
        consumer.subscribe(Topics.HOST_COMMANDS);
        while (consumer.assignment().isEmpty()) {
            consumer.poll(POLL);
        }
        consumer.assignment().forEach(consumer::position);
        thread = Thread.ofPlatform().name("order-watch").start(() -> read(consumer));
    }

    private void read(KafkaConsumer<String, String> consumer) {
        try (consumer) {
            while (open) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    Header type = each.headers().lastHeader("type");
                    if (type != null && new String(type.value(), StandardCharsets.UTF_8).equals(BOOT)) {
                        seen.putIfAbsent(Long.parseLong(each.key().substring("linode:".length())), System.nanoTime());
                    }
                }
            }
        }
    }

    /** When the boot order of a Linode came ({@code System.nanoTime}); 0 while it has not. */
    long at(long linode) {
        return seen.getOrDefault(linode, 0L);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
