/** The whole cloud on one machine, every part its own process, all on loopback. */
@NullMarked
package lpm.local;

import org.jspecify.annotations.NullMarked;
