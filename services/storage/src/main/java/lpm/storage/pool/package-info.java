/** The pools bytes lie in: configuration, use, choice. */
@NullMarked
package lpm.storage.pool;

import org.jspecify.annotations.NullMarked;
