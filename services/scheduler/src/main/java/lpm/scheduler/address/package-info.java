/** Address pools and assignment. */
@NullMarked
package lpm.scheduler.address;

import org.jspecify.annotations.NullMarked;
