package lpm.hostagent.hypervisor.xen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog outside dom0 that stops the host's guests when the lease is not renewed: a supervisor behind a socket,
 * or a device that resets the whole host (Xen's own through {@code xen_wdt}, or the machine's).
 */
public abstract sealed class Watchdog {
    private static final String SOCKET = "unix:";

    /** {@code unix:<socket>} or the path of a device. */
    public static Watchdog of(String setting) {
        return setting.startsWith(SOCKET)
                ? new Supervisor(Path.of(setting.substring(SOCKET.length())))
                : new Device(Path.of(setting));
    }

    /** A renewal sent so long ago was acknowledged. Throws {@link PortUnreachable} when the watchdog is not heard. */
    abstract void pet(long millisSinceSent);

    /** The lease is revoked: nothing may run here any more. */
    abstract void revoked();

    /** Counts from the sending of the renewal, as it is told. */
    private static final class Supervisor extends Watchdog {
        private final Path socket;

        private Supervisor(Path socket) {
            this.socket = socket;
        }

        @Override
        void pet(long millisSinceSent) {
            tell("pet " + millisSinceSent);
        }

        @Override
        void revoked() {
            tell("revoked");
        }

        private void tell(String line) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
                BufferedReader answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
                String answer = answers.readLine();
                if (!"ok".equals(answer)) {
                    throw new PortUnreachable("the watchdog answered " + answer + " to " + line);
                }
            } catch (IOException e) {
                throw new PortUnreachable("the watchdog at " + socket + " does not answer: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Counts from the writing, so its own timeout must be shorter than W by what a renewal may take. Never closed: an
     * open device without writes is what resets the host.
     */
    private static final class Device extends Watchdog {
        private final Path device;
        private @Nullable OutputStream open;

        private Device(Path device) {
            this.device = device;
        }

        @Override
        synchronized void pet(long millisSinceSent) {
            try {
                OutputStream to = open;
                if (to == null) {
                    to = Files.newOutputStream(device, StandardOpenOption.WRITE);
                    open = to;
                }
                to.write(1);
                to.flush();
            } catch (IOException e) {
                throw new PortUnreachable("the watchdog " + device + " cannot be written: " + e.getMessage(), e);
            }
        }

        /** Destroying the guests is the agent's work; should it not get to it, the device is not written any more. */
        @Override
        void revoked() {
            // nothing to write: silence is the order
        }
    }
}
