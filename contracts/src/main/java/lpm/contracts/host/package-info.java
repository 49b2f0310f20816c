@NullMarked
package lpm.contracts.host;

import org.jspecify.annotations.NullMarked;
