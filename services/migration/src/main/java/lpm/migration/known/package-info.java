/** What migration remembers of other services' facts. */
@NullMarked
package lpm.migration.known;

import org.jspecify.annotations.NullMarked;
