package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static final int SHORT_MILLIS = 300;
    private static final int LONG_MILLIS = 30_000;

    @Test
    void aCutWireLosesNothingAndTellsNobody() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpProxy proxy = new TcpProxy(server.getLocalPort());
                Socket near = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket far = server.accept()) {
            near.getOutputStream().write(1);
            assertThat(far.getInputStream().read()).isEqualTo(1);
            proxy.cut(true);
            near.getOutputStream().write(2);
            far.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.cut(false);
            far.setSoTimeout(LONG_MILLIS);
            assertThat(far.getInputStream().read()).isEqualTo(2);
            far.shutdownOutput();
            near.setSoTimeout(LONG_MILLIS);
            assertThat(near.getInputStream().read()).isEqualTo(-1);
        }
    }
}
