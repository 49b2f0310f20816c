package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

@EnabledIf("libvirtIsThere")
class LibvirtLinkTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    static boolean libvirtIsThere() {
        try {
            LibvirtLibrary.require();
            return true;
        } catch (IllegalStateException missing) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void tellsThatNobodyTakesAConnection() throws IOException {
        AtomicInteger absent = new AtomicInteger();
        URI uri = URI.create("test+tcp://127.0.0.1:" + freePort() + "/default");
        try (LibvirtLink link = new LibvirtLink(uri, (_, _) -> 0, absent::incrementAndGet)) {
            assertThatThrownBy(() -> link.call("ask", Duration.ofSeconds(5), on -> on.getHostName()))
                    .isInstanceOf(PortUnreachable.class)
                    .hasMessageContaining("is libvirtd running there?");
        }
        assertThat(absent).hasValue(1);
    }

    /** A daemon that hangs takes connections all the same: the kernel does. */
    @Test
    void tellsThatNobodyAnswersOnAConnection() throws IOException {
        AtomicInteger absent = new AtomicInteger();
        try (ServerSocket silent = new ServerSocket(0);
                LibvirtLink link = new LibvirtLink(
                        URI.create("test+tcp://127.0.0.1:" + silent.getLocalPort() + "/default"),
                        (_, _) -> 0,
                        absent::incrementAndGet)) {
            assertThatThrownBy(() -> link.call("ask", Duration.ofSeconds(5), on -> on.getHostName()))
                    .isInstanceOf(PortUnreachable.class)
                    .hasMessageContaining("has not answered");
        }
        assertThat(absent).hasValue(1);
    }

    @Test
    void noTwoCallsAreOnTheSameConnection() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (LibvirtLink link = link();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Connect> call = callUntil(end, link, other);
            Connect second = link.call("ask", LIMIT, libvirt -> libvirt);
            end.countDown();
            Connect first = call.get();
            assertThat(first).isNotSameAs(second);
            assertThat(link.<Connect>call("ask again", LIMIT, libvirt -> libvirt))
                    .isIn(first, second);
        }
    }

    /** libvirt frees what is closed, also while a call is on it. */
    @Test
    void aConnectionThatIsGivenUpLivesUntilItsCallIsThrough() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (LibvirtLink link = link();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Connect> call = callUntil(end, link, other);
            link.drop();
            link.drop();
            Connect next = link.call("ask", LIMIT, libvirt -> libvirt);
            end.countDown();
            Connect first = call.get();
            assertThat(next).isNotSameAs(first);
            Awaitility.await().until(() -> isClosed(first));
            assertThat(isClosed(next)).isFalse();
        }
    }

    /** A call that has begun, whose connection must be open when it ends. */
    private static Future<Connect> callUntil(CountDownLatch end, LibvirtLink link, ExecutorService other) {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Connect> call = other.submit(() -> link.call("wait", LIMIT, libvirt -> {
            begun.countDown();
            await(end);
            assertThat(libvirt.isConnected()).isTrue();
            return libvirt;
        }));
        await(begun);
        return call;
    }

    private static LibvirtLink link() {
        return new LibvirtLink(URI.create("test:///default"), (_, _) -> 0, () -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isClosed(Connect libvirt) {
        try {
            return !libvirt.isConnected();
        } catch (LibvirtException closed) {
            return true;
        }
    }
}
