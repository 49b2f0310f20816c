/** Disk templates. */
@NullMarked
package lpm.storage.image;

import org.jspecify.annotations.NullMarked;
