/** What was found: messages and the places they were found at. */
@NullMarked
package lpm.verify.history;

import org.jspecify.annotations.NullMarked;
