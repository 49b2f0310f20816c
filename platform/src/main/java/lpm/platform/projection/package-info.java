/** Views rebuilt from the log beside the live ones, while the service goes on writing. */
@NullMarked
package lpm.platform.projection;

import org.jspecify.annotations.NullMarked;
