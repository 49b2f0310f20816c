package lpm.platform.kafka;

import org.jspecify.annotations.Nullable;

/**
 * One record of a topic as it came. Never compared.
 *
 * @param topicId which topic of this name it is, for its offsets count in that one only
 */
@SuppressWarnings("ArrayRecordComponent")
public record Received(String topic, String topicId, int partition, long offset, String key, byte @Nullable [] value) {
    /** The key under which this record and later ones are parked together. */
    String parkingKey() {
        return topic + "/" + key;
    }

    String place() {
        return topic + "[" + partition + "]@" + offset;
    }
}
