package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libvirt.LibvirtException;

/** What is done when libvirt and dom0 show different things. */
class XenRepairTest {
    private static final LinodeId ONE = LinodeId.of(1);
    private static final MigrationId MOVE = MigrationId.of(7);
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final BootSpec SPEC = new BootSpec(
            1,
            "one",
            new Resources(1, 128),
            "linode/grub2",
            "/dev/sda",
            List.of(new BlockDevice("sda", BlockDevice.Kind.disk, 1, POOL, 64)),
            List.of());

    private final TestDriver driver;
    private final XenHypervisor hypervisor;

    XenRepairTest() throws LibvirtException {
        driver = new TestDriver();
        hypervisor = driver.hypervisor();
    }

    @AfterEach
    void close() throws LibvirtException {
        hypervisor.close();
        driver.close();
    }

    @Test
    void anOrphanThatOnlyDom0KnowsIsShownWithoutAnOwnerAndDestroyed() {
        driver.orphans.add("linode-1 77 128 1 --p--- 1.0 - - -");
        assertThat(hypervisor.describe(ONE).seen())
                .isEqualTo(new DomainSeen(ONE, State.paused, false, 0, 0, Optional.empty()));
        hypervisor.destroy(ONE);
        assertThat(driver.dom0.asked()).contains("destroy 77").doesNotContain("restart-libvirtd");
        assertThat(hypervisor.list()).isEmpty();
    }

    @Test
    void whatGoesByItselfWhileItIsDestroyedIsGone() {
        driver.orphans.add("linode-1 77 128 1 -b---- 1.0 - - -");
        driver.vanishing = true;
        hypervisor.destroy(ONE);
        assertThat(driver.dom0.asked()).contains("destroy 77");
        assertThat(hypervisor.list()).isEmpty();
    }

    @Test
    void aPausedOrphanIsTakenForWhatIsLeftOfACancelledCopy() {
        driver.orphans.add("linode-1 77 128 1 --p--- 1.0 - - -");
        hypervisor.cancelIncoming(ONE, MOVE);
        assertThat(driver.orphans).isEmpty();
    }

    @Test
    void aRunningOrphanIsNotCancelled() {
        driver.orphans.add("linode-1 77 128 1 -b---- 1.0 - - -");
        assertThatThrownBy(() -> hypervisor.cancelIncoming(ONE, MOVE)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> hypervisor.prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC)))
                .isInstanceOf(PortRefusal.class);
        assertThat(driver.orphans).hasSize(1);
    }

    @Test
    void anEntryWithoutADomainGoesByARestartOfLibvirt() throws LibvirtException {
        driver.libvirt.domainCreateXML(xml(Optional.empty()), 0);
        driver.hide = true;
        assertThat(hypervisor.describe(ONE)).isEqualTo(Domain.absent(ONE));
        assertThatThrownBy(() -> answer(hypervisor.start(new DomainSpec(ONE, 3, "order-1", big()))))
                .isInstanceOf(PortRefusal.class);
        assertThat(driver.dom0.asked()).doesNotContain("restart-libvirtd");
        answer(hypervisor.start(new DomainSpec(ONE, 3, "order-1", SPEC)));
        assertThat(driver.dom0.asked()).contains("restart-libvirtd");
    }

    /** Between two starts Xen shows nothing of it, or a domain that has shut down to reboot. */
    @Test
    void aGuestThatRebootsItselfRunsOn() {
        answer(hypervisor.start(new DomainSpec(ONE, 3, "order-1", SPEC)));
        Domain before = hypervisor.describe(ONE);
        driver.hide = true;
        assertThat(hypervisor.describe(ONE)).isEqualTo(before);
        driver.orphans.add("linode-1 77 128 1 ---s-- 1.0 - 1 -");
        assertThat(hypervisor.describe(ONE)).isEqualTo(before);
    }

    @Test
    void aGuestThatLibvirtKnowsNoMoreHasStopped() throws LibvirtException {
        answer(hypervisor.start(new DomainSpec(ONE, 3, "order-1", SPEC)));
        assertThat(hypervisor.describe(ONE).seen().state()).isEqualTo(State.running);
        driver.clear();
        assertThat(hypervisor.describe(ONE).seen().state()).isNotEqualTo(State.running);
    }

    @Test
    void aCopyOfAnotherMigrationStays() throws LibvirtException {
        driver.libvirt.domainCreateXML(xml(Optional.of(MigrationId.of(8))), 0).suspend();
        hypervisor.cancelIncoming(ONE, MOVE);
        assertThat(hypervisor.describe(ONE).seen().state()).isEqualTo(State.paused);
        assertThatThrownBy(() -> hypervisor.resume(ONE, MOVE, 4)).isInstanceOf(PortRefusal.class);
        hypervisor.resume(ONE, MigrationId.of(8), 4);
        assertThat(hypervisor.describe(ONE).seen().state()).isEqualTo(State.running);
        assertThatThrownBy(() -> hypervisor.cancelIncoming(ONE, MigrationId.of(8)))
                .isInstanceOf(PortRefusal.class);
    }

    @Test
    void anEndThatDom0ShowedForAMomentIsRemembered() {
        driver.orphans.add("linode-1 77 128 1 -b---- 1.0 - - -");
        assertThat(hypervisor.describe(ONE).seen().state()).isEqualTo(State.running);
        driver.orphans.set(0, "linode-1 77 128 1 ---s-- 1.0 - 3 -");
        assertThat(hypervisor.describe(ONE).stopped()).contains(Cause.crash);
        driver.orphans.clear();
        assertThat(hypervisor.describe(ONE).stopped()).contains(Cause.crash);
        hypervisor.destroy(ONE);
        assertThat(hypervisor.describe(ONE)).isEqualTo(Domain.absent(ONE));
    }

    /** Libvirt leaves it there while it waits for the guest to take note; its disks would go under the next start. */
    @Test
    void whatHasStoppedAndIsNotTakenApartIsDestroyed() {
        driver.orphans.add("linode-1 77 128 1 ---s-- 1.0 - 0 -");
        answer(hypervisor.shutdown(ONE, 0));
        assertThat(driver.dom0.asked()).contains("destroy 77");
        assertThat(driver.orphans).isEmpty();
    }

    @Test
    void whatIsStillDyingAfterItWasToldToStopStoppedOnRequest() {
        answer(hypervisor.start(new DomainSpec(ONE, 3, "order-1", SPEC)));
        answer(hypervisor.shutdown(ONE, 0));
        driver.orphans.add("linode-1 77 0 1 --ps-d 1.0 - 0 -");
        assertThat(hypervisor.describe(ONE).stopped()).contains(Cause.requested);
    }

    @Test
    void whatWasSentAwayHasNotEnded() {
        driver.orphans.add("linode-1 77 128 1 ---s-d 1.0 - 2 -");
        hypervisor.describe(ONE);
        driver.orphans.clear();
        assertThat(hypervisor.describe(ONE)).isEqualTo(Domain.absent(ONE));
    }

    @Test
    void aLeaseThatIsRevokedDestroysEverything() throws LibvirtException {
        driver.libvirt.domainCreateXML(xml(Optional.empty()), 0);
        driver.orphans.add("linode-2 78 128 1 -b---- 1.0 - - -");
        hypervisor.leaseRevoked();
        assertThat(hypervisor.list()).isEmpty();
        assertThat(driver.libvirt.listDomains()).hasSize(1);
    }

    private static BootSpec big() {
        return new BootSpec(1, "big", new Resources(1, 999_999), "linode/grub2", "/dev/sda", SPEC.devices(), List.of());
    }

    private String xml(Optional<MigrationId> migration) {
        DomainTag tag = new DomainTag(ONE, 3, 1, Optional.of("order-1"), migration);
        return new DomainXml(driver.settings()).domain(tag, SPEC, device -> "/dev/lpm/rbd/" + device.image());
    }

    private static <T> T answer(CompletionStage<T> later) {
        try {
            return later.toCompletableFuture().join();
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
