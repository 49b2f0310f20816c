package lpm.systemtests.chaos;

import lpm.local.Progress;
import picocli.CommandLine.Option;

/** What every {@code ./lpm chaos} verb takes. */
final class RunOptions {
    @Option(names = "--json", description = "The result for programs.")
    private boolean json;

    @Option(names = "--data", defaultValue = "", description = "Keeps the cloud's data and logs there.")
    private String data = "";

    boolean json() {
        return json;
    }

    /** Where to tell what happens: stdout has nothing but the result when that is for programs. */
    Progress progress() {
        return new Progress(json ? System.err : System.out);
    }

    /** The folder to run in. */
    Scratch scratch() {
        return Scratch.at(data);
    }
}
