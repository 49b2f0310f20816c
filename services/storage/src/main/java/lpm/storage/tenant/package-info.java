/** What a tenant may have of volumes, and their labels. */
@NullMarked
package lpm.storage.tenant;

import org.jspecify.annotations.NullMarked;
