/** Orders come in here: dedup, epochs, expiry, one Linode at a time. */
@NullMarked
package lpm.hostagent.intake;

import org.jspecify.annotations.NullMarked;
