/** The host's key, and what was sealed to it. */
@NullMarked
package lpm.hostagent.secrets;

import org.jspecify.annotations.NullMarked;
