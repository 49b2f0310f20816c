package lpm.hostagent.disks.ceph;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The C libraries of Ceph, once loaded. */
record CephLibraries(RadosLibrary rados, RbdLibrary rbd) {
    /** Throws {@link IllegalStateException} where one is missing. */
    static CephLibraries load() {
        return new CephLibraries(load("librados.so.2", RadosLibrary.class), load("librbd.so.1", RbdLibrary.class));
    }

    private static <T extends Library> T load(String file, Class<T> type) {
        try {
            return Native.load(file, type);
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(file + " missing: install librados2 and librbd1", e);
        }
    }
}
