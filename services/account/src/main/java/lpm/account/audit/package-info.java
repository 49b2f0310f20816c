/** Every message of every topic, kept for operators to search. */
@NullMarked
package lpm.account.audit;

import org.jspecify.annotations.NullMarked;
