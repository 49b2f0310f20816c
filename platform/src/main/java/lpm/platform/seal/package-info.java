/** Boxes that only one host can open. */
@NullMarked
package lpm.platform.seal;

import org.jspecify.annotations.NullMarked;
