/** Ceph by its C libraries: images, records, exclusion and health. Nothing of JNA leaves this package. */
@NullMarked
package lpm.hostagent.disks.ceph;

import org.jspecify.annotations.NullMarked;
