package lpm.platform.kafka;

import java.time.Clock;
import java.util.function.Supplier;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Parked.Source;
import lpm.platform.axon.AxonCommands;
import lpm.platform.kafka.InboxPositions.Known;
import lpm.platform.kafka.InboxPositions.Numbered;
import lpm.platform.ops.Meters;
import lpm.platform.store.ParkedRecords;
import lpm.platform.store.SqlFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one record in one transaction, and parks what cannot be taken together with all later records of its key. */
final class InboxStep {
    private static final Logger LOG = LoggerFactory.getLogger(InboxStep.class);

    /** Tries of a failing record before it is parked. */
    static final int MAX_TRIES = 3;

    private final App app;
    private final AxonCommands commands;
    private final Intake intake;
    private final InboxPositions positions;
    private final ParkedRecords parked;
    private final Supplier<Publisher> publishers;
    private final Meters meters;
    private final Clock clock;

    InboxStep(
            Inside in, Intake intake, InboxPositions positions, ParkedRecords parked, Supplier<Publisher> publishers) {
        this.app = in.app();
        this.commands = in.commands();
        this.intake = intake;
        this.positions = positions;
        this.parked = parked;
        this.publishers = publishers;
        this.meters = in.meters();
        this.clock = in.clock();
    }

    /** Takes or parks a record. Throws {@link Intake.Hole} if one before it is missing, or that the store is away. */
    void take(Received received) {
        for (int attempt = 1; ; attempt++) {
            try {
                Envelope<Record> message = intake.read(received);
                Numbered numbered = Intake.numbered(received, message);
                meters.inbox(commands.retrying(() -> takeOrQueue(received, message, numbered)));
                return;
            } catch (Intake.Hole e) {
                throw e;
            } catch (RuntimeException e) {
                if (SqlFailure.isAway(e)) {
                    throw e;
                }
                if (attempt == MAX_TRIES || e instanceof Intake.Unreadable) {
                    LOG.error("{} is parked under {}", received.place(), received.parkingKey(), e);
                    meters.inbox(commands.retrying(() -> parkUnlessSeen(received, String.valueOf(e))));
                    return;
                }
            }
        }
    }

    private String takeOrQueue(Received received, Envelope<Record> message, Numbered numbered) {
        Known known = positions.moveBeyond(received, numbered);
        if (known == Known.behindParked) {
            if (parked.stillHolds(Source.inbox, received.parkingKey())) {
                return park(received, "an earlier record of this key is parked");
            }
            known = positions.remember(received, numbered);
        }
        return act(received, message, numbered, known);
    }

    private String act(Received received, Envelope<Record> message, Numbered numbered, Known known) {
        return switch (known) {
            case fresh -> intake.act(message);
            case moved, duplicate -> "duplicate";
            case hole ->
                throw new Intake.Hole(
                        received,
                        "a record of " + numbered.stream() + " before number " + numbered.number() + " is missing at "
                                + received.place());
            case behindParked -> throw new IllegalStateException("parked records were looked at before");
        };
    }

    private String parkUnlessSeen(Received received, String why) {
        if (!positions.moveBeyond(received)) {
            return "duplicate";
        }
        parked.stillHolds(Source.inbox, received.parkingKey());
        return park(received, why);
    }

    private String park(Received received, String why) {
        parked.add(new ParkedRecords.Item(
                Source.inbox,
                received.parkingKey(),
                received.place(),
                why,
                clock.instant(),
                received.topic(),
                received.topicId(),
                received.partition(),
                received.offset(),
                received.key(),
                received.value()));
        byte[] value = received.value();
        // parking is rare: a producer of its own each time costs less than one that is always there
        try (Publisher publisher = publishers.get()) {
            publisher.send(
                    Topics.parked(app.name()),
                    received.key(),
                    received.place() + " " + why,
                    value == null ? new byte[0] : value);
            publisher.awaitAcks();
        }
        return "parked";
    }

    /** Takes a parked record again; part of the transaction that removes it. */
    void again(ParkedRecords.Item item) {
        Received received = new Received(
                item.topic(), item.topicId(), item.partition(), item.offset(), item.recordKey(), item.value());
        Envelope<Record> message = intake.read(received);
        Numbered numbered = Intake.numbered(received, message);
        act(received, message, numbered, positions.remember(received, numbered));
    }
}
