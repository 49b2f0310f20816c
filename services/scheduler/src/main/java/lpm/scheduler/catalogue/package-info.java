/** Types, regions and kernels: read-only reference data. */
@NullMarked
package lpm.scheduler.catalogue;

import org.jspecify.annotations.NullMarked;
