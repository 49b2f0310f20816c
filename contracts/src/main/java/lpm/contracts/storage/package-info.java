@NullMarked
package lpm.contracts.storage;

import org.jspecify.annotations.NullMarked;
