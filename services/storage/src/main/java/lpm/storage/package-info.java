/** On what bytes Linodes run: pools, disks, volumes, images, moves, fences. */
@NullMarked
package lpm.storage;

import org.jspecify.annotations.NullMarked;
