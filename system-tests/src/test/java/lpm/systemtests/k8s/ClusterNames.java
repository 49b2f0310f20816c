package lpm.systemtests.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The smallest name server that answers as a cluster's does: for its own names in full, and for no other. */
final class ClusterNames {
    /** What a kubelet tells a pod of the namespace {@code lpm}. */
    static final String RESOLV_CONF = """
            search lpm.svc.cluster.local svc.cluster.local cluster.local
            nameserver 127.0.0.1
            options ndots:5
            """;

    private static final String DOMAIN = ".cluster.local";
    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final int LARGEST_BYTES = 512;
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_AND_CLASS_BYTES = 4;
    private static final short ANSWER = (short) 0x8580;
    private static final short NO_SUCH_NAME = 3;
    private static final short NAME_OF_QUESTION = (short) 0xC00C;

    private final List<String> names;

    private ClusterNames(List<String> names) {
        this.names = names.stream().map(name -> name + DOMAIN).toList();
    }

    /** Answers on a channel until that is closed; all names lead to 127.0.0.1. */
    static void serve(DatagramChannel channel, List<String> names) {
        ClusterNames server = new ClusterNames(names);
        Thread.ofPlatform().daemon().name("cluster-names").start(() -> server.serve(channel));
    }

    private void serve(DatagramChannel channel) {
        ByteBuffer packet = ByteBuffer.allocate(LARGEST_BYTES);
        try {
            while (channel.isOpen()) {
                packet.clear();
                SocketAddress asker = channel.receive(packet);
                channel.send(answer(packet.flip()), asker);
            }
        } catch (ClosedChannelException _) {
            // the end: the pod is gone
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuffer answer(ByteBuffer query) {
        short id = query.getShort();
        query.position(HEADER_BYTES);
        boolean known = names.contains(name(query));
        boolean given = known && query.getShort(query.position()) == TYPE_A;
        int end = query.position() + TYPE_AND_CLASS_BYTES;
        ByteBuffer answer = ByteBuffer.allocate(LARGEST_BYTES)
                .putShort(id)
                .putShort((short) (ANSWER | (known ? 0 : NO_SUCH_NAME)))
                .putShort((short) 1)
                .putShort((short) (given ? 1 : 0))
                .putInt(0)
                .put(query.slice(HEADER_BYTES, end - HEADER_BYTES));
        if (given) {
            answer.putShort(NAME_OF_QUESTION).putShort((short) TYPE_A).putShort((short) 1);
            answer.putInt(1).putShort((short) ADDRESS.length).put(ADDRESS);
        }
        return answer.flip();
    }

    private static String name(ByteBuffer query) {
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        return String.join(".", labels);
    }
}
