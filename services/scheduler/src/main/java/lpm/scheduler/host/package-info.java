/** The hosts: registrations and their epochs, what is held on them, who may get new Linodes, and fencing. */
@NullMarked
package lpm.scheduler.host;

import org.jspecify.annotations.NullMarked;
