/** What was on a lost host is handed back to its Linodes, some at a time. */
@NullMarked
package lpm.scheduler.recovery;

import org.jspecify.annotations.NullMarked;
