package lpm.platform.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import lpm.platform.Ids;

/** Numbers from PostgreSQL sequences, one per kind. */
public final class SequenceIds implements Ids {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,40}");

    private final Store store;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public SequenceIds(Store store) {
        this.store = store;
    }

    @Override
    public long next(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("not a kind of number: " + kind);
        }
        String sequence = store.name("ids_" + kind);
        if (!known.contains(kind)) {
            create(sequence);
            known.add(kind);
        }
        return store.first("select nextval(?::regclass)", row -> row.getLong(1), sequence)
                .orElseThrow();
    }

    private void create(String sequence) {
        store.inTransaction(() -> {
            store.lock(List.of(sequence));
            return store.update("create sequence if not exists " + sequence);
        });
    }
}
