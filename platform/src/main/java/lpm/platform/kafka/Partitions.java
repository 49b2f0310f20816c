package lpm.platform.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Takes what one poll brought: the records of a partition in order, partitions beside each other. */
final class Partitions {
    private final KnownTopics topics;
    private final InboxBatches batches;
    private final ExecutorService workers;

    Partitions(KnownTopics topics, InboxBatches batches, ExecutorService workers) {
        this.topics = topics;
        this.batches = batches;
        this.workers = workers;
    }

    /** Where a partition stands still, and why. */
    record Standstill(long offset, String why) {}

    /** Returns the partitions that stand still. Throws what went wrong, once no record is being worked on any more. */
    Map<TopicPartition, Standstill> take(ConsumerRecords<String, byte[]> records) {
        Map<TopicPartition, Standstill> holes = new ConcurrentHashMap<>();
        List<Future<?>> running = new ArrayList<>();
        List<List<Received>> received = records.partitions().stream()
                .map(each -> received(records.records(each)))
                .toList();
        for (List<Received> left : batches.takeFronts(received)) {
            if (!left.isEmpty()) {
                running.add(workers.submit(() -> takeInOrder(left, holes)));
            }
        }
        List<RuntimeException> failures = new ArrayList<>();
        running.forEach(each -> await(each).ifPresent(failures::add));
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return holes;
    }

    private List<Received> received(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .filter(topics::isMeant)
                .map(each -> new Received(
                        each.topic(),
                        topics.idOf(each.topic()),
                        each.partition(),
                        each.offset(),
                        each.key() == null ? "" : each.key(),
                        each.value()))
                .toList();
    }

    private void takeInOrder(List<Received> records, Map<TopicPartition, Standstill> holes) {
        try {
            batches.take(records);
        } catch (Intake.Hole hole) {
            Received first = records.getFirst();
            holes.put(
                    new TopicPartition(first.topic(), first.partition()),
                    new Standstill(hole.offset(), String.valueOf(hole.getMessage())));
        }
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
