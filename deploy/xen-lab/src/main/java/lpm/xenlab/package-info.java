/** A lab of real Xen hosts, emulated, with a Ceph cluster, in a network namespace of its own. */
@NullMarked
package lpm.xenlab;

import org.jspecify.annotations.NullMarked;
