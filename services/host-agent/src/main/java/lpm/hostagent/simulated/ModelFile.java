package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.hostagent.journal.LineFile;
import lpm.platform.json.Json;

/**
 * The model on disk, one line per change, so that killing its process is no power-off of its hosts. While the process
 * is away the pools and the watchdogs stand still together: no lease ages, and no watchdog bites, by that.
 */
final class ModelFile implements ModelState.Sink {
    /** Lines after which the file is written anew with the newest values only. */
    static final int COMPACT_AFTER_LINES = 50_000;

    private static final String MACHINE = "machine";
    private static final ObjectMapper MAPPER = Json.MAPPER
            .copy()
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
            .setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);

    private final LineFile file;
    private final Map<String, String> newest = new LinkedHashMap<>();
    private Optional<Instant> lastChange = Optional.empty();
    private int lines;

    ModelFile(Path path) {
        LineFile.Opened opened = LineFile.open(path);
        this.file = opened.file();
        opened.lines().forEach(this::note);
        compact();
    }

    /** A new value, or none for what is gone. */
    private record Change(Instant at, String key, Optional<JsonNode> value) {
        private Change {
            value = value.filter(each -> !each.isNull());
        }
    }

    @Override
    public void put(Instant at, String key, Object value, boolean durable) {
        write(new Change(at, key, Optional.of(MAPPER.valueToTree(value))), durable);
    }

    @Override
    public void remove(Instant at, String key) {
        write(new Change(at, key, Optional.empty()), false);
    }

    /** When the newest change was made, if there is any. */
    Optional<Instant> lastChange() {
        return lastChange;
    }

    /** Fills an empty model with what is on disk; {@code away} is how long the process was not there. */
    void restoreInto(ModelState state, Duration away) {
        newest.forEach((key, line) -> {
            JsonNode value = read(line).value().orElseThrow();
            switch (key.substring(0, key.indexOf('/'))) {
                case "host" -> state.restore(thawed(convert(value, SimHost.class), away));
                case "domain" -> state.restore(convert(value, SimDomain.class));
                case "copy" -> state.restore(convert(value, SimCopy.class));
                case "image" -> state.restore(convert(value, SimImage.class));
                case "lease" -> state.restore(thawed(convert(value, SimLease.class), away));
                case "run" ->
                    state.witness.restore(
                            Long.parseLong(key.substring(key.indexOf('/') + 1)), convert(value, Run.class));
                case MACHINE -> machine = value.asText();
                default -> throw new IllegalStateException("unknown key in the model's file: " + key);
            }
        });
    }

    private String machine = "";

    /** Whether the machine itself was started anew since the file was written: that is a power-off of every host. */
    boolean isOtherBoot(String bootId) {
        return !machine.isEmpty() && !machine.equals(bootId);
    }

    void runsOn(Instant at, String bootId) {
        put(at, MACHINE + "/boot", bootId, false);
    }

    private static SimHost thawed(SimHost host, Duration away) {
        host.renewedAt = host.renewedAt.map(at -> at.plus(away));
        return host;
    }

    private static SimLease thawed(SimLease lease, Duration away) {
        return new SimLease(
                lease.pool(), lease.host(), lease.hostEpoch(), lease.renewedAt().plus(away), lease.revoked());
    }

    private void write(Change change, boolean durable) {
        String line = text(change);
        file.append(line, durable);
        note(line);
        lines++;
        if (lines > COMPACT_AFTER_LINES) {
            compact();
        }
    }

    private void note(String line) {
        Change change = read(line);
        lastChange = Optional.of(change.at());
        if (change.value().isPresent()) {
            newest.put(change.key(), line);
        } else {
            newest.remove(change.key());
        }
    }

    private void compact() {
        List<String> runs = new ArrayList<>(
                newest.keySet().stream().filter(each -> each.startsWith("run/")).toList());
        runs.stream().limit(Math.max(0, runs.size() - Witness.MAX_RUNS)).forEach(newest::remove);
        file.replace(new ArrayList<>(newest.values()));
        lines = newest.size();
    }

    private static String text(Change change) {
        try {
            return MAPPER.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written: " + change.key(), e);
        }
    }

    private static Change read(String line) {
        return convert(Json.tree(line), Change.class);
    }

    private static <T> T convert(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be read: a " + type.getSimpleName(), e);
        }
    }
}
