/** What the agent must not forget, on its host's own disk. */
@NullMarked
package lpm.hostagent.journal;

import org.jspecify.annotations.NullMarked;
