/** The five verbs as interfaces, and the values they exchange. No framework, no clock, no IO. */
@NullMarked
package lpm.platform;

import org.jspecify.annotations.NullMarked;
