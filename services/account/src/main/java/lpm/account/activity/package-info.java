/** The customers' feed of activities, made from what the other services tell. */
@NullMarked
package lpm.account.activity;

import org.jspecify.annotations.NullMarked;
