/** The real interpreter of an App: PostgreSQL, Kafka and the clock put together, and offered to Quarkus. */
@NullMarked
package lpm.platform.runtime;

import org.jspecify.annotations.NullMarked;
