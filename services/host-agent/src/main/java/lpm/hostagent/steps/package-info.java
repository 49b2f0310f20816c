/** What an order means on this host: a pure list of steps, and the one who takes them. */
@NullMarked
package lpm.hostagent.steps;

import org.jspecify.annotations.NullMarked;
