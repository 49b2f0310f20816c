/** The agent of one host: intake, steps, hypervisor, report. */
@NullMarked
package lpm.hostagent;

import org.jspecify.annotations.NullMarked;
