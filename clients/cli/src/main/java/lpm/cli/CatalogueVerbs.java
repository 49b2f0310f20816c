package lpm.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What can be ordered. */
@Command(name = "catalogue", description = "What can be ordered: types, regions, images, kernels.")
final class CatalogueVerbs {
    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "Linode types.")
    void types() {
        lpm.screen()
                .rows(
                        lpm.customer().list("/v4/linode/types"),
                        "id",
                        "label",
                        "memory",
                        "disk",
                        "vcpus",
                        "price.monthly=$ a month");
    }

    @Command(description = "Regions.")
    void regions() {
        lpm.screen().rows(lpm.customer().list("/v4/regions"), "id", "label", "country", "status", "capabilities");
    }

    @Command(description = "Images.")
    void images() {
        lpm.screen().rows(lpm.customer().list("/v4/images"), "id", "label", "vendor", "size");
    }

    @Command(description = "Kernels.")
    void kernels() {
        lpm.screen().rows(lpm.customer().list("/v4/linode/kernels"), "id", "label", "version", "architecture");
    }
}
