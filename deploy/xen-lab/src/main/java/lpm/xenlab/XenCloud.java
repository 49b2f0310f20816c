package lpm.xenlab;

import java.nio.file.Path;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;

/** The whole platform on the lab's hosts, all of it in the lab's namespace; the API's port is forwarded outside. */
public final class XenCloud implements AutoCloseable {
    private final XenLab lab;
    private final LocalCloud platform;

    private XenCloud(XenLab lab, LocalCloud platform) {
        this.lab = lab;
        this.platform = platform;
    }

    /** Starts hosts, Ceph and the platform, all of them new; {@code port} 0 picks one. */
    public static XenCloud start(LabOptions options, int port) {
        Path data = options.data();
        // Its disks were Ceph's: a platform that remembers them would look for what is gone.
        XenLab.clean(platform(data), options.progress());
        XenLab lab = XenLab.start(options.in(lab(data)));
        try {
            Options platform = new Options(options.home(), platform(data), port, options.hosts(), options.progress());
            LocalCloud cloud = LocalCloud.start(platform, place -> new XenHosts(lab, place));
            lab.forward(cloud.port());
            return new XenCloud(lab, cloud);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** Ends what a launcher that was killed left behind. */
    static void clean(Path data, Progress progress) {
        XenLab.clean(platform(data), progress);
        XenLab.clean(lab(data), progress);
    }

    private static Path lab(Path data) {
        return data.resolve("lab");
    }

    private static Path platform(Path data) {
        return data.resolve("cloud");
    }

    public XenLab lab() {
        return lab;
    }

    public LocalCloud platform() {
        return platform;
    }

    Path logs() {
        return platform.dataDir().logs();
    }

    @Override
    public void close() {
        platform.close();
        lab.close();
    }
}
