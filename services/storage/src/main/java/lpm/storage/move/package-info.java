/** A migration's hold on a Linode's devices. */
@NullMarked
package lpm.storage.move;

import org.jspecify.annotations.NullMarked;
