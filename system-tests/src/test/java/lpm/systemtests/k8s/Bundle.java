package lpm.systemtests.k8s;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an OCI runtime is given for a pod: its image's files and {@code config.json}, as containerd would write it. */
final class Bundle {
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private Bundle() {}

    /**
     * Writes it into a folder that has the image's {@code rootfs}.
     *
     * @param settings of the manifest; they win over those of the image
     * @param network where the pod's network is
     */
    static void write(Path folder, Pod pod, Image image, Map<String, String> settings, Path network)
            throws IOException {
        Path names = Files.writeString(folder.resolve("resolv.conf"), ClusterNames.RESOLV_CONF);
        JsonMapper json = new JsonMapper();
        ObjectNode config = json.createObjectNode();
        config.put("ociVersion", "1.0.0");
        config.put("hostname", pod.name());
        config.set("root", json.valueToTree(Map.of("path", "rootfs", "readonly", pod.readOnlyRoot())));
        config.set("process", json.valueToTree(process(pod, image, settings)));
        config.set("mounts", json.valueToTree(mounts(pod, names)));
        ObjectNode linux = json.valueToTree(linux(pod, network));
        // not the pod's name alone: another run may be on this machine
        linux.put("cgroupsPath", "/" + folder.getParent().getFileName() + "-" + pod.name());
        Seccomp.runtimeDefault().ifPresent(profile -> linux.set("seccomp", profile));
        config.set("linux", linux);
        json.writeValue(folder.resolve("config.json").toFile(), config);
    }

    private static Map<String, ?> process(Pod pod, Image image, Map<String, String> settings) {
        List<String> environment = new ArrayList<>(image.environment());
        settings.forEach((name, value) -> environment.add(name + "=" + value));
        return Map.of(
                "args", image.command(),
                "env", environment,
                "cwd", image.workingDir(),
                "user", Map.of("uid", pod.user(), "gid", pod.group()),
                "noNewPrivileges", !pod.newPrivileges(),
                "capabilities", Map.of());
    }

    private static List<Map<String, ?>> mounts(Pod pod, Path names) {
        List<Map<String, ?>> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "nosuid", "noexec", "nodev"));
        mounts.add(mount("/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
        mounts.add(mount("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"));
        mounts.add(mount("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro"));
        mounts.add(mount("/sys/fs/cgroup", "cgroup", "nosuid", "noexec", "nodev", "ro"));
        pod.writable().forEach((path, bytes) -> mounts.add(mount(path, "tmpfs", "mode=777", "size=" + bytes)));
        mounts.add(Map.of(
                "destination",
                "/etc/resolv.conf",
                "type",
                "bind",
                "source",
                names.toString(),
                "options",
                List.of("bind", "ro")));
        return mounts;
    }

    private static Map<String, ?> mount(String path, String type, String... options) {
        return Map.of("destination", path, "type", type, "source", type, "options", List.of(options));
    }

    private static Map<String, ?> linux(Pod pod, Path network) {
        return Map.of(
                "namespaces",
                List.of(
                        Map.of("type", "pid"),
                        Map.of("type", "ipc"),
                        Map.of("type", "uts"),
                        Map.of("type", "mount"),
                        Map.of("type", "cgroup"),
                        Map.of("type", "network", "path", network.toString())),
                "resources",
                Map.of(
                        "memory", Map.of("limit", pod.memoryBytes()),
                        "devices", List.of(Map.of("allow", false, "access", "rwm"))),
                "maskedPaths",
                MASKED,
                "readonlyPaths",
                READ_ONLY);
    }
}
