/** What must always be true, each with how it is looked for, and folds of their own. */
@NullMarked
package lpm.verify.invariant;

import org.jspecify.annotations.NullMarked;
