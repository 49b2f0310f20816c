/** A service small enough to test the runtime with: counters with a limit. */
@org.jspecify.annotations.NullMarked
package lpm.platform.toy;
