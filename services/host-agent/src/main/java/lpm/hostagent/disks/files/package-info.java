/** Pools that are folders: on this machine, or mounted from another one. */
@NullMarked
package lpm.hostagent.disks.files;

import org.jspecify.annotations.NullMarked;
