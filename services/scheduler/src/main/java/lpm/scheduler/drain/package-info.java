/** Emptying a host, so many Linodes at a time. */
@NullMarked
package lpm.scheduler.drain;

import org.jspecify.annotations.NullMarked;
