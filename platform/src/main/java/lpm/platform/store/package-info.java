/** One service's PostgreSQL schema: transactions bound to the thread, and what the platform keeps in it. */
@NullMarked
package lpm.platform.store;

import org.jspecify.annotations.NullMarked;
