/** What operators watch: meters and health. */
@NullMarked
package lpm.platform.ops;

import org.jspecify.annotations.NullMarked;
