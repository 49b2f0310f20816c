package lpm.xenlab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lpm.local.LocalFailure;

/**
 * What the hosts boot, made by {@code deploy/xen-lab/image/build}.
 *
 * @param folder the cached build
 */
record Image(Path folder) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MORE_LIMIT = Duration.ofMinutes(10);
    private static final String BUILD = "deploy/xen-lab/image/build";

    /** The built image of this repository. */
    static Image find(Path home) {
        Path build = home.resolve(BUILD);
        Run.Result found = Run.result(LIMIT, List.of(build.toString(), "--where"), "");
        if (!found.ok()) {
            throw new LocalFailure("The lab's image is not built; run " + build + " (as ./lpm xen-lab does).");
        }
        return new Image(Path.of(found.output().strip()));
    }

    /** Installs the NFS server where it is missing; only labs that use it have it. */
    static void addNfs(Path home) {
        add(home, "--nfs");
    }

    /** Makes the image of a whole Debian for Linodes where it is missing. */
    static void addDebian(Path home) {
        add(home, "--debian");
    }

    private static void add(Path home, String what) {
        Run.ok(MORE_LIMIT, PortForward.outer(List.of(home.resolve(BUILD).toString(), what)));
    }

    Path xen() {
        return part("xen");
    }

    Path kernel() {
        return part("vmlinux");
    }

    Path initrd() {
        return part("dom0.initrd");
    }

    Path disk() {
        return part("dom0.img");
    }

    /** Raw images for Linodes, as LPM_IMAGES names them. */
    Path linodeImages() {
        return part("images");
    }

    private Path part(String name) {
        Path part = folder.resolve(name);
        if (!Files.exists(part)) {
            throw new LocalFailure(part + " is missing; delete " + folder + " and build the image again.");
        }
        return part;
    }
}
