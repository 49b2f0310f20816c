/** How Java is started for the programs of the cloud. */
@NullMarked
package lpm.local.jvm;

import org.jspecify.annotations.NullMarked;
