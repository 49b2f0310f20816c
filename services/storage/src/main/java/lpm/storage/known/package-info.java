/** What storage remembers of other services' facts. */
@NullMarked
package lpm.storage.known;

import org.jspecify.annotations.NullMarked;
