/** Rows of views: JSON documents in PostgreSQL, and the same in memory. */
@NullMarked
package lpm.platform.rows;

import org.jspecify.annotations.NullMarked;
