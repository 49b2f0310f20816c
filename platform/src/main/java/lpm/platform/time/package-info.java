/** Time: reminders and own commands whose turn it is. */
@NullMarked
package lpm.platform.time;

import org.jspecify.annotations.NullMarked;
