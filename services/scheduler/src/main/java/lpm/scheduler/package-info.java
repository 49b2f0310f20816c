/** The scheduler: the Linode and where it runs. */
@NullMarked
package lpm.scheduler;

import org.jspecify.annotations.NullMarked;
