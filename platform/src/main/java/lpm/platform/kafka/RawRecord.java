package lpm.platform.kafka;

import java.util.Optional;

/** A record of any topic, not decoded; {@code label} is what its sender called it. */
public record RawRecord(String topic, int partition, long offset, String key, Optional<String> label, String text) {}
