@NullMarked
package lpm.contracts.migration;

import org.jspecify.annotations.NullMarked;
