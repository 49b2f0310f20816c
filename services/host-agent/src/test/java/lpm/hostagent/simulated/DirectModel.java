package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.Resources;
import lpm.hostagent.World;

/** Two simulated hosts, h1 and h2, called in the same thread, on virtual time. */
final class DirectModel {
    final SimulatedXen xen = new SimulatedXen(7, Instant.parse("2005-06-01T12:00:00Z"));

    DirectModel() {
        xen.addHost(HostId.of("h1"), World.REGION, new Resources(8, 8_192), 1_000);
        xen.addHost(HostId.of("h2"), World.REGION, new Resources(8, 8_192), 1_000);
    }

    <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        while (!future.isDone()) {
            xen.advanceTo(xen.nextDue().orElseThrow());
        }
        return future.join();
    }

    void letTimePass() {
        xen.advanceTo(xen.now().plus(Duration.ofSeconds(1)));
    }
}
