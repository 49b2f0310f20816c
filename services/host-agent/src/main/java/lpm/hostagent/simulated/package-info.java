/** A simulated Xen: hosts, links, pools, watchdogs and power switches under explicit time. */
@NullMarked
package lpm.hostagent.simulated;

import org.jspecify.annotations.NullMarked;
