/** Labels in use and quota of one tenant. */
@NullMarked
package lpm.scheduler.tenant;

import org.jspecify.annotations.NullMarked;
