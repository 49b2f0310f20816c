/** Moves that make the fleet's load more even. */
@NullMarked
package lpm.scheduler.rebalance;

import org.jspecify.annotations.NullMarked;
