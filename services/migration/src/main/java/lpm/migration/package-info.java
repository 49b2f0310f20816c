/** How a Linode moves: conducts one attempt from the first order to its one end. */
@NullMarked
package lpm.migration;

import org.jspecify.annotations.NullMarked;
