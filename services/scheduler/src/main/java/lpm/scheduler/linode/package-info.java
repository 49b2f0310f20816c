/** The Linode: create, boot, reboot, shutdown, resize, rebuild, delete; where it runs. */
@NullMarked
package lpm.scheduler.linode;

import org.jspecify.annotations.NullMarked;
