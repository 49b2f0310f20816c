/** The hypervisor port on a real Xen host: libvirt for what it does, dom0's own probes for what is true. */
@NullMarked
package lpm.hostagent.hypervisor.xen;

import org.jspecify.annotations.NullMarked;
