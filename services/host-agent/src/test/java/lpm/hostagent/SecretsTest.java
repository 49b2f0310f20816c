package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.CommandRefused;
import lpm.contracts.host.HostReport.DiskCreated;
import lpm.contracts.host.HostReport.DiskFailed;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.intake.Intake;
import lpm.platform.json.Json;
import lpm.platform.seal.SealedBox;
import org.junit.jupiter.api.Test;

/** A disk with a secret waits for it, and what came for another disk or host does not serve. */
class SecretsTest {
    private static final LinodeId LINODE = new LinodeId(1);
    private static final RootAccess ACCESS = new RootAccess("$6$salt$hash", List.of("ssh-ed25519 AAAA me"));

    private final World world = new World("h1", "h2").ready();

    private void order() {
        DiskSpec disk =
                new DiskSpec(new DiskId(1), "root", 10_240, "ext4", Optional.of("linode/debian12"), Optional.of("ref"));
        world.send("storage", "disks:1", new HostCommand.CreateDisk(world.at("h1"), new PoolId("p1"), LINODE, disk));
    }

    private void deliver(String sealedTo, LinodeId about) {
        String sealed = SealedBox.seal(
                world.host(sealedTo).key.publicKey(),
                RootAccess.context(about, "ref"),
                Json.write(ACCESS).getBytes(StandardCharsets.UTF_8),
                new Random(2));
        world.send("scheduler", "linode:1", new HostCommand.DeliverSecret(world.at("h1"), LINODE, "ref", sealed));
    }

    @Test
    void aDiskIsMadeWhenItsSecretHasComeAndTheSecretIsForgotten() {
        order();
        world.run(Duration.ofSeconds(5));
        assertThat(world.facts("h1", DiskCreated.class)).isEmpty();

        deliver("h1", LINODE);
        world.await("h1", DiskCreated.class);
        assertThat(world.facts("h1", HostReport.SecretReceived.class)).hasSize(1);
        assertThat(world.host("h1").journal.state().secret("ref")).isEmpty();
    }

    @Test
    void theSecretMayComeFirstAndAnAgentThatDiesKeepsIt() {
        deliver("h1", LINODE);
        world.await("h1", HostReport.SecretReceived.class);
        assertThat(world.host("h1").journal.state().secret("ref").orElseThrow()).doesNotContain("hash");
        world.kill("h1");
        order();
        world.restart("h1");
        world.await("h1", DiskCreated.class);
    }

    @Test
    void aSecretThatDoesNotComeFailsNoDisk() {
        order();
        world.run(Intake.SECRET_PATIENCE.plusSeconds(1));
        assertThat(world.facts("h1", CommandRefused.class)).singleElement().satisfies(each -> assertThat(each.reason())
                .contains("has not come"));
        assertThat(world.facts("h1", DiskFailed.class)).isEmpty();

        deliver("h1", LINODE);
        order();
        world.await("h1", DiskCreated.class);
    }

    @Test
    void whatWasSealedToAnotherHostFailsTheDiskWithAReason() {
        deliver("h2", LINODE);
        order();
        assertThat(world.await("h1", DiskFailed.class).reason()).contains("not sealed to this host's key");
    }

    @Test
    void whatWasSealedForAnotherLinodeFailsTheDiskToo() {
        deliver("h1", new LinodeId(2));
        order();
        assertThat(world.await("h1", DiskFailed.class).reason()).contains("not sealed to this host's key for linode 1");
    }
}
