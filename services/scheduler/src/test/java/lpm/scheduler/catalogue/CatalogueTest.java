package lpm.scheduler.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lpm.contracts.Resources;
import lpm.platform.rest.Refused;
import lpm.scheduler.catalogue.CatalogueJson.Kernel;
import lpm.scheduler.catalogue.CatalogueJson.LinodeType;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.load();

    @Test
    void offersTheTypesClientsExpect() {
        assertThat(catalogue.types())
                .extracting(LinodeType::id)
                .contains("g6-nanode-1", "g6-standard-1", "g6-standard-2")
                .allMatch(id -> id.equals("g6-nanode-1") || id.startsWith("g6-standard-"));
        assertThat(catalogue.sizing("g6-nanode-1").orElseThrow().resources()).isEqualTo(new Resources(1, 1024));
        assertThat(catalogue.sizing("g6-nanode-1").orElseThrow().diskMib()).isEqualTo(25600);
        assertThat(catalogue.sizing("g6-nonsense")).isEmpty();
    }

    @Test
    void listsOnlyCapabilitiesThatAreThere() {
        assertThat(catalogue.region("us-east").orElseThrow().capabilities())
                .containsExactly("Linodes", "Block Storage");
        assertThat(catalogue.regions()).allMatch(region -> region.status().equals("ok"));
    }

    @Test
    void tellsAccountsWhatIsInARegion() {
        OffersResource offers = new OffersResource(catalogue);
        assertThat(offers.get("us-east").available()).containsExactly("Linodes", "Block Storage");
        assertThatThrownBy(() -> offers.get("nowhere")).isInstanceOf(Refused.class);
        assertThat(offers.list().data()).hasSameSizeAs(catalogue.regions());
    }

    @Test
    void hasKernelsOfTheXenYears() {
        assertThat(catalogue.kernels()).extracting(Kernel::id).contains("linode/grub2", "linode/latest-64bit");
        assertThat(catalogue
                        .kernel("linode/2.6.16.38-x86_64-linode2")
                        .orElseThrow()
                        .kvm())
                .isFalse();
        assertThat(catalogue.image("linode/debian12").orElseThrow().label()).isEqualTo("Debian 12");
    }
}
