/** Where a Linode goes: a snapshot of the fleet, rules that drop hosts, and a score for the rest. */
@NullMarked
package lpm.scheduler.placement;

import org.jspecify.annotations.NullMarked;
