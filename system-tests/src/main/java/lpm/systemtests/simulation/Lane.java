package lpm.systemtests.simulation;

import lpm.contracts.Envelope;

/** Records that keep their order: those of one key of a topic, or all of a topic that has one partition. */
public record Lane(String topic, String key) {
    private static final String OF_HOSTS = "lpm.host.";

    static Lane of(String topic, Envelope<?> envelope) {
        return new Lane(topic, topic.startsWith(OF_HOSTS) ? "" : envelope.aggregateId());
    }
}
