/** Users and tokens: what every other service authenticates with. */
@NullMarked
package lpm.account.access;

import org.jspecify.annotations.NullMarked;
