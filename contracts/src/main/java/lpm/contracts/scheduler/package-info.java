@NullMarked
package lpm.contracts.scheduler;

import org.jspecify.annotations.NullMarked;
