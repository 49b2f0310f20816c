/** The right of a host to run anything, renewed at the pool. */
@NullMarked
package lpm.hostagent.lease;

import org.jspecify.annotations.NullMarked;
