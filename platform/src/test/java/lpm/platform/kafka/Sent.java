package lpm.platform.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lpm.contracts.Envelope;
import lpm.platform.json.EnvelopeJson;

/** Remembers what was acknowledged; can be told to fail. */
final class Sent implements Publisher {
    record One(String topic, String key, Envelope<JsonNode> envelope) {}

    final List<One> all = new ArrayList<>();
    private final List<One> pending = new ArrayList<>();
    final Set<String> missing = new HashSet<>();
    boolean broken;
    String id = "first";

    @Override
    public boolean has(String topic) {
        return !missing.contains(topic);
    }

    @Override
    public String idOf(String topic) {
        return id;
    }

    @Override
    public void check() {
        // tests give a new id themselves
    }

    @Override
    public synchronized void send(String topic, String key, String type, byte[] value) {
        pending.add(new One(topic, key, EnvelopeJson.read(value)));
    }

    @Override
    public synchronized void awaitAcks() {
        if (broken) {
            pending.clear();
            throw new IllegalStateException("no broker");
        }
        all.addAll(pending);
        pending.clear();
    }

    @Override
    public void close() {
        pending.clear();
    }

    List<String> types() {
        return all.stream().map(each -> each.envelope().type()).toList();
    }

    List<Long> amounts() {
        return all.stream()
                .filter(each -> each.envelope().type().equals("platform.Added"))
                .map(each -> each.envelope().data().get("amount").asLong())
                .toList();
    }
}
