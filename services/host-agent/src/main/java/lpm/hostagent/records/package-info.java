/** Small texts in a pool that hosts agree by. */
@NullMarked
package lpm.hostagent.records;

import org.jspecify.annotations.NullMarked;
