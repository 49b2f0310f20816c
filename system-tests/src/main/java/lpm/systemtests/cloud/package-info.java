/** A local cloud of real processes as tests see it: a tenant of its API, and a witness of what really runs. */
@NullMarked
package lpm.systemtests.cloud;

import org.jspecify.annotations.NullMarked;
