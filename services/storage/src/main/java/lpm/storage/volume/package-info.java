/** Detachable volumes. */
@NullMarked
package lpm.storage.volume;

import org.jspecify.annotations.NullMarked;
