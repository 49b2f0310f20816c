/** The independent checker: reads what the platform stored and published, and tells whether it kept its promises. */
@NullMarked
package lpm.verify;

import org.jspecify.annotations.NullMarked;
