/** Runs the simulated cell through scripts of operations and faults, checks what must hold, and shortens failures. */
@NullMarked
package lpm.systemtests.explore;

import org.jspecify.annotations.NullMarked;
