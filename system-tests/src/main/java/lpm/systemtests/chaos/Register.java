package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lpm.cli.Api;
import lpm.local.Waiting;

/**
 * One field that a client writes again and again, each time with another value, and what it was told. Afterwards the
 * last acknowledged value must be there, unless an unknown write, which may come late, took its place; and every
 * acknowledged value must be in the history, no refused one.
 */
final class Register implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Client client;
    private final String path;
    private final String field;
    private final String prefix;
    private final Thread thread;
    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private volatile boolean open = true;
    private volatile int count;

    private Register(Client client, String path, String field, String prefix) {
        this.client = client;
        this.path = path;
        this.field = field;
        this.prefix = prefix;
        this.thread = Thread.ofVirtual().name("register-" + path).unstarted(this::writeForEver);
    }

    /** Begins to write {@code <prefix>-1}, {@code <prefix>-2} and so on into a field of what is at the path. */
    static Register at(Client client, String path, String field, String prefix) {
        Register register = new Register(client, path, field, prefix);
        register.thread.start();
        return register;
    }

    private void writeForEver() {
        for (int i = 1; open; i++) {
            String value = prefix + "-" + i;
            switch (client.send("PUT", path, Api.object().put(field, value)).said()) {
                case acknowledged -> {
                    acknowledged.add(value);
                    count = acknowledged.size();
                }
                case unknown -> unknown.add(value);
                case refused -> refused.add(value);
            }
            Waiting.nap(PAUSE);
        }
    }

    /** How many writes were acknowledged so far. */
    int acknowledged() {
        return count;
    }

    /** How many writes had no answer, or one that leaves open what happened; to be asked when it is closed. */
    int unknown() {
        return unknown.size();
    }

    /** What is wrong with the value that is there now, nothing if it is right; to be asked when it is closed. */
    List<String> wrongNow(Api api) {
        if (acknowledged.isEmpty()) {
            return List.of();
        }
        String found = api.get(path).path(field).asText();
        boolean right = found.equals(acknowledged.getLast()) || unknown.contains(found);
        return right
                ? List.of()
                : List.of(path + " was acknowledged as " + acknowledged.getLast() + ", found " + found);
    }

    /** Acknowledged writes that no event tells of; to be asked when it is closed. */
    List<String> lost(List<JsonNode> history) {
        return acknowledged.stream()
                .filter(Predicate.not(told(history)::contains))
                .toList();
    }

    /** Refused writes that an event tells of all the same; to be asked when it is closed. */
    List<String> done(List<JsonNode> history) {
        return refused.stream().filter(told(history)::contains).toList();
    }

    /** How many of the unknown writes happened. */
    long happened(List<JsonNode> history) {
        return unknown.stream().filter(told(history)::contains).count();
    }

    private Set<String> told(List<JsonNode> history) {
        return history.stream()
                .flatMap(each -> each.path("data").findValuesAsText(field).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
