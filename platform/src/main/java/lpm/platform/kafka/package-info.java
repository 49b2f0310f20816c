/** Kafka's edge: the relay that publishes what was stored, and the inbox that hears what others say. */
@NullMarked
package lpm.platform.kafka;

import org.jspecify.annotations.NullMarked;
