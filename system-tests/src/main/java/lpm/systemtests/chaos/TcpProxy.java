package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wire to one port of 127.0.0.1 that can be cut. Cut, nothing passes in either direction and nobody is told, as when
 * packets are lost; healed, what was on its way arrives.
 */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private boolean cut;

    TcpProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("proxy-to-" + target).start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut(boolean now) {
        lock.lock();
        try {
            cut = now;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> join(near));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void join(Socket near) {
        Socket far = new Socket();
        open.add(far);
        try {
            awaitHealed();
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
        } catch (IOException _) {
            // the other part is not there: so this end hangs up, as the other one would have
            hangUp(near, far);
            return;
        }
        Thread.ofVirtual().start(() -> pump(near, far));
        pump(far, near);
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitHealed();
                to.getOutputStream().write(buffer, 0, read);
            }
            awaitHealed();
        } catch (IOException _) {
            // one end is gone: the other one learns it below, once the wire is whole
            awaitHealed();
        }
        hangUp(from, to);
    }

    private void awaitHealed() {
        lock.lock();
        try {
            while (cut) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void hangUp(Socket... ends) {
        for (Socket end : ends) {
            open.remove(end);
            try {
                end.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        cut(false);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::hangUp);
    }
}
