package lpm.hostagent.steps;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.MigrationId;
import lpm.hostagent.hypervisor.SendOutcome;

/** The answers that are still to come from calls made by this process. After a restart there are none: look instead. */
public final class OpenSends {
    private final Map<MigrationId, CompletableFuture<SendOutcome>> calls = new ConcurrentHashMap<>();

    void opened(MigrationId migration, CompletableFuture<SendOutcome> call) {
        calls.put(migration, call);
    }

    /** The call of a migration, if this process made it and its answer has not been taken. */
    public Optional<CompletableFuture<SendOutcome>> call(MigrationId migration) {
        return Optional.ofNullable(calls.get(migration));
    }

    /** The answer was taken, or will never come. */
    public void close(MigrationId migration) {
        calls.remove(migration);
    }
}
