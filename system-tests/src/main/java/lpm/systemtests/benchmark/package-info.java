/** The project's own figures: {@code ./lpm bench}. Ratios in one run count; the machine's load is told beside them. */
@NullMarked
package lpm.systemtests.benchmark;

import org.jspecify.annotations.NullMarked;
