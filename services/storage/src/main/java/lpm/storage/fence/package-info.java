/** Shutting a silent host out of the pools. */
@NullMarked
package lpm.storage.fence;

import org.jspecify.annotations.NullMarked;
