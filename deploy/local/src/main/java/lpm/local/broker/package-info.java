/** What runs inside the broker's own process. */
@NullMarked
package lpm.local.broker;

import org.jspecify.annotations.NullMarked;
