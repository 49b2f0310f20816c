/** Where a history is read from. */
@NullMarked
package lpm.verify.source;

import org.jspecify.annotations.NullMarked;
