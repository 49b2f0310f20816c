/** What is personal about users: kept in rows of this service alone, never in an event. */
@NullMarked
package lpm.account.people;

import org.jspecify.annotations.NullMarked;
