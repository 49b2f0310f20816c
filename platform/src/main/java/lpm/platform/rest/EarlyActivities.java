package lpm.platform.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest few activities by the event they tell of. */
final class EarlyActivities {
    private final Map<UUID, Long> newest;

    EarlyActivities(int max) {
        newest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
                return size() > max;
            }
        };
    }

    synchronized void put(UUID causedBy, long activityId) {
        newest.putIfAbsent(causedBy, activityId);
    }

    synchronized Optional<Long> find(UUID causedBy) {
        return Optional.ofNullable(newest.get(causedBy));
    }
}
