package lpm.platform.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lpm.contracts.Envelope;
import lpm.platform.axon.AxonCommands;
import lpm.platform.kafka.InboxPositions.Known;
import lpm.platform.kafka.InboxPositions.Numbered;
import lpm.platform.kafka.InboxPositions.Partition;
import lpm.platform.kafka.InboxPositions.Stream;
import lpm.platform.ops.Meters;
import lpm.platform.store.SqlFailure;
import lpm.platform.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of partitions in their order: those that no feature makes a command of, which are most of what a
 * service hears, many in one transaction (decision 0022), each other one, and whatever is not as expected, by
 * {@link InboxStep}.
 */
final class InboxBatches {
    private static final Logger LOG = LoggerFactory.getLogger(InboxBatches.class);

    private final AxonCommands commands;
    private final Store store;
    private final Intake intake;
    private final InboxPositions positions;
    private final InboxStep step;
    private final Meters meters;

    InboxBatches(Inside in, Intake intake, InboxPositions positions, InboxStep step) {
        this.commands = in.commands();
        this.store = in.store();
        this.intake = intake;
        this.positions = positions;
        this.step = step;
        this.meters = in.meters();
    }

    /** A record that nobody makes a command of. */
    private record Quiet(Received received, Envelope<Record> message, Numbered numbered) {
        Partition partition() {
            return Partition.of(received);
        }

        Stream stream() {
            return new Stream(received.topic(), numbered.stream());
        }
    }

    /**
     * Takes what is quiet at the front of each partition, all together.
     *
     * @return what is left of each partition
     */
    List<List<Received>> takeFronts(List<List<Received>> partitions) {
        List<Quiet> fronts = new ArrayList<>();
        List<List<Received>> left = new ArrayList<>();
        for (List<Received> partition : partitions) {
            List<Quiet> front = front(partition);
            fronts.addAll(front);
            left.add(partition.subList(front.size(), partition.size()));
        }
        return isTakenTogether(fronts) ? left : partitions;
    }

    /**
     * Takes or parks all these records of one partition. Throws {@link Intake.Hole} when one before them is missing, or
     * that the store is away; what was taken until then stays taken.
     */
    void take(List<Received> records) {
        int next = 0;
        while (next < records.size()) {
            step.take(records.get(next));
            List<Quiet> behind = front(records.subList(next + 1, records.size()));
            if (!isTakenTogether(behind)) {
                behind.forEach(each -> step.take(each.received()));
            }
            next += 1 + behind.size();
        }
    }

    private List<Quiet> front(List<Received> records) {
        List<Quiet> front = new ArrayList<>();
        for (Received each : records) {
            Optional<Quiet> quiet = quiet(each);
            if (quiet.isEmpty()) {
                break;
            }
            front.add(quiet.get());
        }
        return front;
    }

    private Optional<Quiet> quiet(Received received) {
        try {
            Envelope<Record> message = intake.read(received);
            return intake.isQuiet(message)
                    ? Optional.of(new Quiet(received, message, Intake.numbered(received, message)))
                    : Optional.empty();
        } catch (RuntimeException _) {
            // taken by itself it fails again, and is parked with its reason
            return Optional.empty();
        }
    }

    private boolean isTakenTogether(List<Quiet> records) {
        try {
            return records.size() > 1 && commands.retrying(() -> takeTogether(records));
        } catch (RuntimeException e) {
            if (SqlFailure.isAway(e)) {
                throw e;
            }
            LOG.info(
                    "{} and others are taken one by one: {}",
                    records.getFirst().received().place(),
                    e.toString());
            return false;
        }
    }

    /** Looks at all before anything is written; false if one of them needs more than to be noted. */
    private boolean takeTogether(List<Quiet> records) {
        Map<Partition, Long> next = new HashMap<>();
        records.forEach(each -> next.put(each.partition(), each.received().offset() + 1));
        Map<Partition, Long> held = positions.hold(next.keySet());
        if (held.size() < next.size()
                || positions.isAnyParked(records.stream()
                        .map(each -> each.received().parkingKey())
                        .toList())) {
            return false;
        }
        Map<Stream, Long> heard =
                positions.heard(records.stream().map(Quiet::stream).collect(Collectors.toUnmodifiableSet()));
        Map<Stream, Long> grown = new HashMap<>();
        List<Quiet> fresh = new ArrayList<>();
        for (Quiet each : records) {
            if (each.received().offset() < held.getOrDefault(each.partition(), 0L)) {
                continue;
            }
            Known known = InboxPositions.known(
                    grown.getOrDefault(each.stream(), heard.getOrDefault(each.stream(), -1L)), each.numbered());
            if (known == Known.hole) {
                return false;
            }
            if (known == Known.fresh) {
                grown.put(each.stream(), each.numbered().number());
                fresh.add(each);
            }
        }
        positions.remember(grown);
        next.replaceAll((partition, offset) -> Math.max(offset, held.getOrDefault(partition, 0L)));
        positions.move(next);
        fresh.forEach(each -> intake.note(each.message()));
        store.afterCommit(() -> {
            meters.inbox("done", fresh.size());
            meters.inbox("duplicate", records.size() - fresh.size());
        });
        return true;
    }
}
