package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as Xen 4.17's {@code xl list -v} prints them. */
class XlDomainTest {
    private static final String HEAD = "Name                                        ID   Mem VCPUs\tState\tTime(s)   "
            + "UUID                            Reason-Code\tSecurity Label";

    @Test
    void leavesOutTheHeadAndDom0() {
        List<XlDomain> seen = XlDomain.parse(List.of(
                HEAD,
                "Domain-0           0   320     1     r-----      41.6 00000000-0000-0000-0000-000000000000  -  -",
                "linode-7          12   128     1     -b----       1.5 6c706d00-0000-4000-8000-000000000007  -  -"));
        assertThat(seen).singleElement().satisfies(domain -> {
            assertThat(domain.name()).isEqualTo("linode-7");
            assertThat(domain.id()).isEqualTo(12);
            assertThat(domain.memoryMib()).isEqualTo(128);
            assertThat(domain.cpuSeconds()).isEqualTo(1.5);
            assertThat(domain.paused() || domain.suspended() || domain.over()).isFalse();
        });
    }

    @Test
    void aDomainWithoutAnyFlagIsReadyToRun() {
        assertThat(one("------", "-").paused()).isFalse();
        assertThat(one("------", "-").over()).isFalse();
    }

    @Test
    void tellsPausedFromSuspendedFromOver() {
        assertThat(one("--p---", "-").paused()).isTrue();
        assertThat(one("---ss-", "2").suspended()).isTrue();
        assertThat(one("---ss-", "2").over()).isFalse();
        assertThat(one("---s--", "0").over()).isTrue();
        assertThat(one("---s--", "3").crashed()).isTrue();
        assertThat(one("----c-", "-").over()).isTrue();
        assertThat(one("-----d", "-").over()).isTrue();
    }

    private static XlDomain one(String flags, String reason) {
        return XlDomain.parse(List.of(
                        "linode-1 3 128 1 " + flags + " 0.5 6c706d00-0000-4000-8000-000000000001 " + reason + " -"))
                .getFirst();
    }
}
