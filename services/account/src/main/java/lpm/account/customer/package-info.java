/** The account and its limits: open, change, suspend, resume. */
@NullMarked
package lpm.account.customer;

import org.jspecify.annotations.NullMarked;
