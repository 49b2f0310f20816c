package lpm.xenlab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.local.Family;

/** Where the disks of a lab's Linodes lie. */
public sealed interface LabPool permits CephCluster, NfsServer {
    /** Its servers die with the lab. */
    void adoptInto(Family family);

    /** Starts its servers and comes back when it takes bytes. */
    void start();

    /** What the init of each host is told. */
    Map<String, String> hostSettings();

    /** The pool in {@code LPM_POOLS} of an agent beside the host's QEMU. */
    String outside();

    /** The pool in {@code LPM_POOLS} of an agent inside dom0. */
    String inside();

    /** The names of the write locks that are held. */
    List<String> locks();

    /** The disks of Linodes that are there. */
    List<String> disks();

    /** Names the addresses that it shuts out; empty where it can shut out none. */
    Optional<String> shutOut();

    /** Nothing of it stands still any more. */
    void resume();

    /** All of it works again. */
    void heal();
}
