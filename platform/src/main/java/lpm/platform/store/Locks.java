package lpm.platform.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Numbers for PostgreSQL's advisory locks, which all services of a database share. */
public final class Locks {
    private Locks() {}

    /** The key of a name in a schema. */
    public static long key(String schema, String name) {
        UUID hash = UUID.nameUUIDFromBytes((schema + "/" + name).getBytes(StandardCharsets.UTF_8));
        return hash.getMostSignificantBits() ^ hash.getLeastSignificantBits();
    }
}
