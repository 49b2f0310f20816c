/** The bytes of a Linode's own disks. */
@NullMarked
package lpm.storage.disk;

import org.jspecify.annotations.NullMarked;
