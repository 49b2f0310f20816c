package lpm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an operator does with hosts. */
@Command(name = "host", description = "Hosts (operators): enrol, cordon, drain and fence them.")
final class HostVerbs {
    private static final String PATH = "/ops/v1/hosts";

    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "All hosts.")
    void list() {
        lpm.screen()
                .rows(
                        lpm.operator().list(PATH),
                        "id",
                        "state",
                        "region",
                        "rack",
                        "linodes",
                        "committed.memory_mib=committed MiB",
                        "free.memory_mib=free MiB",
                        "host_epoch=epoch",
                        "hypervisor");
    }

    @Command(description = "One host.")
    void show(@Parameters(paramLabel = "HOST") String host) {
        lpm.screen().one(lpm.operator().get(PATH + "/" + host));
    }

    @Command(description = "The Linodes on it.")
    void linodes(@Parameters(paramLabel = "HOST") String host) {
        lpm.screen().rows(lpm.operator().list(PATH + "/" + host + "/linodes"), "id", "label", "status", "type");
    }

    @Command(description = "Makes a host known.")
    void enrol(
            @Parameters(paramLabel = "HOST") String host,
            @Option(names = "--region", defaultValue = "us-east") String region,
            @Option(names = "--rack", defaultValue = "r1") String rack) {
        lpm.screen()
                .one(lpm.operator()
                        .post(
                                PATH,
                                Api.object()
                                        .put("id", host)
                                        .put("region", region)
                                        .put("rack", rack))
                        .body());
    }

    @Command(description = "No new Linodes for it.")
    void cordon(
            @Parameters(paramLabel = "HOST") String host,
            @Option(names = "--reason", defaultValue = "by an operator") String reason) {
        act(host, "cordon", Api.object().put("reason", reason));
    }

    @Command(description = "New Linodes again.")
    void uncordon(@Parameters(paramLabel = "HOST") String host) {
        act(host, "uncordon", Api.object());
    }

    @Command(description = "Moves all its Linodes away.")
    void drain(
            @Parameters(paramLabel = "HOST") String host,
            @Option(names = "--max-parallel", defaultValue = "2", paramLabel = "N") int maxParallel) {
        act(host, "drain", Api.object().put("max_parallel", maxParallel));
    }

    @Command(description = "Declares it dead: it is shut out at the storage, its Linodes start elsewhere.")
    void fence(
            @Parameters(paramLabel = "HOST") String host,
            @Option(names = "--reason", defaultValue = "by an operator") String reason) {
        act(host, "fence", Api.object().put("reason", reason));
    }

    private void act(String host, String verb, ObjectNode body) {
        lpm.screen()
                .one(lpm.operator().post(PATH + "/" + host + "/" + verb, body).body());
    }
}
