package lpm.platform.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Takes what one poll brought: the records of a partition in order, partitions beside each other. */
final class Partitions {
    private final KnownTopics topics;
    private final Consumer<Received> step;
    private final ExecutorService workers;

    Partitions(KnownTopics topics, Consumer<Received> step, ExecutorService workers) {
        this.topics = topics;
        this.step = step;
        this.workers = workers;
    }

    /** Where a partition stands still, and why. */
    record Standstill(long offset, String why) {}

    /** Returns the partitions that stand still. Throws what went wrong, once no record is being worked on any more. */
    Map<TopicPartition, Standstill> take(ConsumerRecords<String, byte[]> records) {
        Map<TopicPartition, Standstill> holes = new ConcurrentHashMap<>();
        List<Future<?>> running = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            running.add(workers.submit(
                    () -> takeInOrder(records.records(partition)).ifPresent(hole -> holes.put(partition, hole))));
        }
        List<RuntimeException> failures = new ArrayList<>();
        running.forEach(each -> await(each).ifPresent(failures::add));
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return holes;
    }

    private Optional<Standstill> takeInOrder(List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> each : records) {
            if (!topics.isMeant(each)) {
                continue;
            }
            try {
                step.accept(new Received(
                        each.topic(),
                        topics.idOf(each.topic()),
                        each.partition(),
                        each.offset(),
                        each.key() == null ? "" : each.key(),
                        each.value()));
            } catch (Intake.Hole hole) {
                return Optional.of(new Standstill(each.offset(), String.valueOf(hole.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static Optional<RuntimeException> await(Future<?> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return Optional.empty();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return Optional.of(
                            e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
