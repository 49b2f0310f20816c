package lpm.systemtests.benchmark;

import java.time.Instant;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.scheduler.AddressEvent.AddressAssigned;

/** Events as they lie on a topic, for readers to be measured with. */
final class Told {
    private Told() {}

    /** The event of that number in the stream of an address; it says the same each time. */
    static Envelope<AddressAssigned> event(String address, long sequence) {
        UUID id = UUID.randomUUID();
        return new Envelope<>(
                id,
                "scheduler.AddressAssigned",
                1,
                "address:" + address,
                sequence,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                id,
                id,
                new Actor(Actor.Kind.operator, "bench"),
                null,
                new AddressAssigned(address, new Region("us-east"), new LinodeId(1)));
    }
}
