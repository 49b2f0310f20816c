/** The command line client: the same REST API that everybody uses, as tables or as JSON. */
@NullMarked
package lpm.cli;

import org.jspecify.annotations.NullMarked;
