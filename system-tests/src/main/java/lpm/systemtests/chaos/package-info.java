/**
 * Breaks a cloud of real processes on purpose, at chosen moments: {@code ./lpm chaos}. What holds afterwards is judged
 * by the public API and by the simulated hypervisor's own witness.
 */
@NullMarked
package lpm.systemtests.chaos;

import org.jspecify.annotations.NullMarked;
