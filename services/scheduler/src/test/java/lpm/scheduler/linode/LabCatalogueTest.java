package lpm.scheduler.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lpm.contracts.AccountId;
import lpm.contracts.Resources;
import lpm.platform.rest.ApiJson;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.catalogue.CatalogueJson.LinodeType;
import lpm.scheduler.linode.LinodeCommand.CreateLinode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small types and images of the lab are added by a setting and get through all checks of an order. */
class LabCatalogueTest {
    private static final String LAB =
            Path.of("../../deploy/xen-lab/catalogue").toAbsolutePath().toString();

    @TempDir
    Path folder;

    private final Catalogue catalogue = Catalogue.load(Optional.of(LAB));
    private final AtomicLong last = new AtomicLong(100);
    private final LinodeDrafts drafts = new LinodeDrafts(catalogue, _ -> last.incrementAndGet(), new Secrets());

    private CreateLinode create(String more) throws JsonProcessingException {
        String json =
                "{\"region\":\"us-east\",\"type\":\"lab-128\",\"image\":\"lab/busybox\",\"root_pass\":\"aComplex1\""
                        + more + "}";
        return drafts.create(new AccountId(3), ApiJson.mapper().readValue(json, LinodeWishes.Create.class))
                .what();
    }

    @Test
    void addsTheLabsTypesToOurs() {
        assertThat(catalogue.types())
                .extracting(LinodeType::id)
                .contains("g6-nanode-1", "lab-128", "lab-192", "lab-256");
        assertThat(catalogue.type("lab-192").orElseThrow().label()).isEqualTo("Lab 192 MB");
        assertThat(Catalogue.load().type("lab-128")).isEmpty();
    }

    @Test
    void aSmallLinodeIsOneDiskThatBootsTheImagesOwnKernel() throws Exception {
        CreateLinode draft = create("");
        assertThat(draft.sizing().resources()).isEqualTo(new Resources(1, 128));
        assertThat(draft.disks()).hasSize(1).allMatch(disk -> disk.sizeMib() == 256);
        assertThat(draft.config().orElseThrow().kernel()).isEqualTo("linode/latest-64bit");
    }

    @Test
    void whatIsAskedForGoesBeforeWhatTheImageBoots() throws Exception {
        CreateLinode draft = create(",\"kernel\":\"linode/grub2\",\"swap_size\":64");
        assertThat(draft.config().orElseThrow().kernel()).isEqualTo("linode/grub2");
        assertThat(draft.disks()).extracting(disk -> disk.sizeMib()).containsExactly(192L, 64L);
    }

    @Test
    void anImageWhoseKernelNobodyKnowsIsRefusedAtTheStart() throws Exception {
        Files.writeString(
                folder.resolve("images.json"),
                "[{\"id\": \"lab/x\", \"label\": \"X\", \"size\": 1, \"vendor\": \"X\", \"kernel\": \"lab/none\"}]");
        assertThatThrownBy(() -> Catalogue.load(Optional.of(folder.toString())))
                .hasMessageContaining("the image lab/x needs the kernel lab/none");
    }
}
