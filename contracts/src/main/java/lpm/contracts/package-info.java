@NullMarked
package lpm.contracts;

import org.jspecify.annotations.NullMarked;
