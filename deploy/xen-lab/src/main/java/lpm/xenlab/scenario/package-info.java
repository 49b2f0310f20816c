/** What goes wrong on real Xen hosts, on purpose, and witnesses of what runs and what was written. */
@NullMarked
package lpm.xenlab.scenario;

import org.jspecify.annotations.NullMarked;
