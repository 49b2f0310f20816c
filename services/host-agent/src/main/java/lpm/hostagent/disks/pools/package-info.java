/** The pools an agent is told to use, as one disk store and one lease. */
@NullMarked
package lpm.hostagent.disks.pools;

import org.jspecify.annotations.NullMarked;
