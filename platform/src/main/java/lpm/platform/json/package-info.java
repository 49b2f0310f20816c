/** JSON at every edge: one mapper, logical type names, the envelope. */
@NullMarked
package lpm.platform.json;

import org.jspecify.annotations.NullMarked;
