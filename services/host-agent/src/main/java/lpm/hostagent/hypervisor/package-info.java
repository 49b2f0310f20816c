/** The hypervisor as the agent needs it, and what it answers with. */
@NullMarked
package lpm.hostagent.hypervisor;

import org.jspecify.annotations.NullMarked;
