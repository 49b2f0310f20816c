package lpm.verify.history;

/** Where a message was found. */
public sealed interface Place {
    /** In a service's event table. */
    record Stored(String service, long position) implements Place {
        @Override
        public String toString() {
            return "store of " + service + ", position " + position;
        }
    }

    /** In a topic, by that key. */
    record OnTopic(String topic, int partition, long offset, String key) implements Place {
        @Override
        public String toString() {
            return topic + "/" + partition + "@" + offset;
        }
    }
}
