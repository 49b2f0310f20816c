@NullMarked
package lpm.contracts.account;

import org.jspecify.annotations.NullMarked;
