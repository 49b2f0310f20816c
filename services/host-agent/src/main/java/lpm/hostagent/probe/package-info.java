/** How long a guest that moves does not answer, measured from outside. */
@NullMarked
package lpm.hostagent.probe;

import org.jspecify.annotations.NullMarked;
