/** One attempt to move one Linode, live or cold: prepare, hand over, finish or abort. */
@NullMarked
package lpm.migration.live;

import org.jspecify.annotations.NullMarked;
