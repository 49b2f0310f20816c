package lpm.scheduler.linode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lpm.contracts.Command;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.contracts.host.RootAccess;
import lpm.platform.Lookup;
import lpm.platform.Sealing;
import lpm.platform.json.Json;
import lpm.platform.seal.SealedBox;
import lpm.scheduler.host.HostRow;

/**
 * Seals the secret that an order names to the key of the host it goes to. What is forgotten is needed no more, and a
 * registration that is over would refuse it: then nothing is sent.
 */
public final class SecretSealing implements Sealing {
    private final RandomGenerator random;

    /** @param random must not be guessed, but where a simulation repeats itself */
    public SecretSealing(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Optional<Command> seal(Command order, Lookup rows) {
        return order instanceof DeliverSecret it ? delivery(it, rows) : Optional.of(order);
    }

    private Optional<Command> delivery(DeliverSecret order, Lookup rows) {
        Optional<HostRow> host = rows.get(HostRow.TABLE, order.at().host().value(), HostRow.class)
                .filter(each -> each.ref().equals(order.at()));
        return rows.get(Secrets.TABLE, order.secretRef(), Secrets.Row.class)
                .filter(each -> each.linode() == order.linode().value())
                .flatMap(secret -> host.map(to -> sealed(order, secret.access(), to)));
    }

    private DeliverSecret sealed(DeliverSecret order, RootAccess access, HostRow to) {
        String key = Optional.ofNullable(to.publicKey())
                .orElseThrow(() -> new IllegalStateException("expected the public key of host " + to.id()
                        + ", found none: its row is from before keys were kept; rebuild the projection host"));
        String sealed = SealedBox.seal(
                key,
                RootAccess.context(order.linode(), order.secretRef()),
                Json.write(access).getBytes(StandardCharsets.UTF_8),
                random);
        return new DeliverSecret(order.at(), order.linode(), order.secretRef(), sealed);
    }
}
