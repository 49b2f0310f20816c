/** Observed facts on their way out. */
@NullMarked
package lpm.hostagent.report;

import org.jspecify.annotations.NullMarked;
