package lpm.xenlab.scenario;

import lpm.local.LocalFailure;

/** What a scenario must find, or a failure that says what it found. */
final class Failed {
    private Failed() {}

    static void unless(boolean held, String expected, Object found) {
        if (!held) {
            throw new LocalFailure("Expected " + expected + "; found " + found + ".");
        }
    }
}
