package lpm.hostagent.disks;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import lpm.hostagent.hypervisor.PortRefusal;

/** A dom0 that notes what is asked of it. Images are called {@code <pool>/<image>}. */
public final class Dom0Map implements DeviceMap {
    private final Set<String> mapped = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Set<String> grown = ConcurrentHashMap.newKeySet();

    @Override
    public void map(String pool, String image) {
        mapped.add(pool + "/" + image);
    }

    @Override
    public void unmap(String pool, String image) {
        if (open.contains(pool + "/" + image)) {
            throw new PortRefusal(image + " is in use");
        }
        mapped.remove(pool + "/" + image);
    }

    @Override
    public void unmapAll() {
        mapped.clear();
    }

    @Override
    public void grow(String pool) {
        grown.add(pool);
    }

    /** A guest has it from now on. */
    public void open(String name) {
        open.add(name);
    }

    /** The guest has it no longer. */
    public void close(String name) {
        open.remove(name);
    }

    /** In the order of their names. */
    public List<String> mapped() {
        return List.copyOf(new TreeSet<>(mapped));
    }

    /** The pools whose devices were looked at for their size. */
    public Set<String> grown() {
        return Set.copyOf(grown);
    }
}
