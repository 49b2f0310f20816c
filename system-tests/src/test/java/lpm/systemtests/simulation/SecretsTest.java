package lpm.systemtests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.DiskCreated;
import lpm.contracts.host.HostReport.SecretReceived;
import lpm.contracts.host.RootAccess;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.platform.Query;
import lpm.platform.json.EnvelopeJson;
import lpm.scheduler.linode.Secrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A root password on its way from scheduler's rows into a disk, in memory on virtual time (simulated, all of it). */
class SecretsTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void reachesTheHostThatMakesTheDiskAndIsForgotten(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createWithLogin("web");
        cell.await("the Linode running", LIMIT, () -> customer.isRunning(linode));

        assertThat(data(cell, SecretReceived.class)).hasSize(1);
        cell.logins().ordered().forEach((disk, owner) -> {
            assertThat(cell.xen().letsIn(disk, owner)).isTrue();
            assertThat(cell.xen().letsIn(disk, new RootAccess("", List.of()))).isFalse();
        });
        cell.await("the secret forgotten", LIMIT, () -> kept(cell) == 0);
        assertNowhereInClear(cell);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void followsTheDiskToAnotherHost(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        cell.onFact(fact -> {
            if (fact.data() instanceof LinodePlaced placed
                    && data(cell, SecretReceived.class).findAny().isEmpty()) {
                cell.xen().powerOff(placed.at().host());
            }
        });
        LinodeId linode = customer.createWithLogin("web");
        cell.await("the Linode running", LIMIT, () -> customer.isRunning(linode));

        Set<HostId> makers =
                data(cell, DiskCreated.class).map(each -> each.by().host()).collect(Collectors.toSet());
        assertThat(data(cell, DeliverSecret.class).map(each -> each.at().host()).distinct())
                .hasSizeGreaterThan(1)
                .containsAll(makers);
        assertThat(data(cell, SecretReceived.class).map(each -> each.by().host()))
                .containsAll(makers);
        cell.await("the secret forgotten", LIMIT, () -> kept(cell) == 0);
        assertNowhereInClear(cell);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void theSameSeedSealsTheSameBoxes(long seed) {
        assertThat(story(seed)).isEqualTo(story(seed)).anyMatch(each -> each.contains("DeliverSecret"));
    }

    private static List<String> story(long seed) {
        Cell cell = ready(seed);
        LinodeId linode = new Customer(cell, 7).createWithLogin("web");
        cell.await("the secret sent to " + linode, LIMIT, () -> data(cell, SecretReceived.class)
                .findAny()
                .isPresent());
        return cell.bus().log().stream().map(Object::toString).toList();
    }

    private static Cell ready(long seed) {
        Cell cell = new Cell(seed, 3);
        cell.await(
                "three registered hosts",
                LIMIT,
                () -> data(cell, HostReport.InventoryReported.class)
                                .map(each -> each.by().host())
                                .distinct()
                                .count()
                        == 3);
        return cell;
    }

    private static long kept(Cell cell) {
        return cell.service("scheduler").rows().count(Secrets.TABLE, Query.all());
    }

    private static <T> Stream<T> data(Cell cell, Class<T> type) {
        return cell.bus().log().stream()
                .map(each -> each.envelope().data())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static void assertNowhereInClear(Cell cell) {
        Stream<Envelope<?>> sent = cell.bus().log().stream().map(Bus.Published::envelope);
        Stream<Envelope<?>> stored = cell.services().stream().flatMap(each -> each.log().stream());
        assertThat(Stream.concat(sent, stored))
                .allSatisfy(each -> assertThat(new String(EnvelopeJson.write(each), StandardCharsets.UTF_8))
                        .doesNotMatch(Logins::areIn));
    }
}
