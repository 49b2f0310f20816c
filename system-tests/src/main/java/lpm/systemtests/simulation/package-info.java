/** The in-memory interpreter: every service and every host of a cell in one thread, on virtual time, from one seed. */
@NullMarked
package lpm.systemtests.simulation;

import org.jspecify.annotations.NullMarked;
