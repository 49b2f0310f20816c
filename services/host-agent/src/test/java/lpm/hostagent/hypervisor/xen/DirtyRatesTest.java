package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.LinodeId;
import org.junit.jupiter.api.Test;

class DirtyRatesTest {
    private static final DirtyRates.Guest GUEST = new DirtyRates.Guest(LinodeId.of(1), 7);

    /** A sample slows a guest that has its devices to connect again after a move: its pause doubled. */
    @Test
    void aGuestThatHasJustComeIsLeftAlone() {
        try (FakeDom0 dom0 = new FakeDom0(_ -> List.of("3.5"));
                Dom0 asked = new Dom0(dom0.command())) {
            DirtyRates rates = new DirtyRates(asked, Runnable::run);
            rates.refresh(List.of(GUEST));
            assertThat(dom0.asked()).isEmpty();
            assertThat(rates.of(GUEST.linode())).isZero();
        }
    }
}
