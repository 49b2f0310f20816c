/** Who may: accounts, users, tokens, limits; the customers' activity feed and the operators' audit. */
@NullMarked
package lpm.account;

import org.jspecify.annotations.NullMarked;
