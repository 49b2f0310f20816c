/** Axon as the shell: command bus, unit of work, event store. The only Axon imports. */
@NullMarked
package lpm.platform.axon;

import org.jspecify.annotations.NullMarked;
