package lpm.platform.kafka;

import java.time.Instant;
import java.util.Optional;

/** A record of any topic, not decoded; {@code label} is what its sender called it. */
public record RawRecord(
        String topic, int partition, long offset, String key, Instant at, Optional<String> label, String text) {}
