package lpm.hostagent.disks.ceph;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import lpm.hostagent.disks.ceph.CephCluster.Connection;
import lpm.hostagent.records.Records;

/**
 * Records as objects of the pool, named {@code lpm.<name>}. A change is one write operation that the primary OSD makes
 * as a whole or not at all: compare the bytes, then write them; or create, which fails where there is one.
 */
final class CephRecords implements Records {
    /** How long a record may be, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int EXCLUSIVE = 1;

    private final CephCluster cluster;
    private final RadosLibrary rados;
    private final String prefix;

    CephRecords(CephCluster cluster) {
        this(cluster, "lpm.");
    }

    /** Small objects of another kind, by the beginning of their names. */
    CephRecords(CephCluster cluster, String prefix) {
        this.prefix = prefix;
        this.cluster = cluster;
        this.rados = cluster.libraries().rados();
    }

    /** Something on its way: the answer is its completion's, the buffers live as long as it does. */
    private record Sent(String name, Pointer completion, Memory buffer) {}

    @Override
    public List<Optional<String>> read(List<String> names) {
        return cluster.call(on -> {
            List<Sent> sent = new ArrayList<>();
            for (String name : names) {
                Memory buffer = new Memory(MAX_BYTES);
                sent.add(send(
                        name,
                        buffer,
                        done -> rados.rados_aio_read(on.ioctx(), prefix + name, done, buffer, MAX_BYTES, 0)));
            }
            List<Integer> answers = await(sent);
            List<Optional<String>> texts = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                texts.add(text(sent.get(i), answers.get(i)));
            }
            return texts;
        });
    }

    private static Optional<String> text(Sent sent, int answer) {
        if (answer == Answers.NOT_THERE) {
            return Optional.empty();
        }
        int length = (int) Answers.check(answer, sent.name() + " is read");
        return Optional.of(new String(sent.buffer().getByteArray(0, length), StandardCharsets.UTF_8));
    }

    @Override
    public List<Boolean> swap(List<Swap> swaps) {
        return cluster.call(on -> {
            List<Integer> answers =
                    await(swaps.stream().map(each -> send(on, each)).toList());
            List<Boolean> made = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                made.add(isMade(swaps.get(i), answers.get(i)));
            }
            return made;
        });
    }

    private static boolean isMade(Swap swap, int answer) {
        if (answer <= Answers.DIFFERS || answer == Answers.THERE || answer == Answers.NOT_THERE) {
            return false;
        }
        return Answers.check(answer, swap.name() + " is changed") == 0;
    }

    private Sent send(Connection on, Swap swap) {
        byte[] from = swap.from().orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] to = swap.to().orElse("").getBytes(StandardCharsets.UTF_8);
        Memory buffer = new Memory(Integer.BYTES + from.length + to.length);
        buffer.write(Integer.BYTES, from, 0, from.length);
        buffer.write(Integer.BYTES + from.length, to, 0, to.length);
        Pointer operation = rados.rados_create_write_op();
        try {
            if (swap.from().isEmpty()) {
                rados.rados_write_op_create(operation, EXCLUSIVE, null);
            } else {
                rados.rados_write_op_cmpext(
                        operation, part(buffer, Integer.BYTES, from.length), from.length, 0, part(buffer, 0, 4));
            }
            if (swap.to().isPresent()) {
                rados.rados_write_op_write_full(
                        operation, part(buffer, Integer.BYTES + from.length, to.length), to.length);
            } else {
                rados.rados_write_op_remove(operation);
            }
            return send(
                    swap.name(),
                    buffer,
                    done -> rados.rados_aio_write_op_operate(
                            operation, on.ioctx(), done, prefix + swap.name(), null, 0));
        } finally {
            rados.rados_release_write_op(operation);
        }
    }

    private static Pointer part(Memory buffer, long offset, long length) {
        return buffer.share(offset, length);
    }

    private Sent send(String name, Memory buffer, ToIntFunction<Pointer> operation) {
        PointerByReference made = new PointerByReference();
        Answers.check(rados.rados_aio_create_completion(null, null, null, made), "a call is prepared");
        Pointer completion = made.getValue();
        Answers.check(operation.applyAsInt(completion), name + " is asked for");
        return new Sent(name, completion, buffer);
    }

    /** Waits for all of them before anything is judged: their buffers are written until then. */
    private List<Integer> await(List<Sent> sent) {
        List<Integer> answers = new ArrayList<>();
        for (Sent each : sent) {
            rados.rados_aio_wait_for_complete(each.completion());
            answers.add(rados.rados_aio_get_return_value(each.completion()));
            rados.rados_aio_release(each.completion());
        }
        return answers;
    }
}
