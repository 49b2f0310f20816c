/** Bytes and their write locks in the pools. */
@NullMarked
package lpm.hostagent.disks;

import org.jspecify.annotations.NullMarked;
