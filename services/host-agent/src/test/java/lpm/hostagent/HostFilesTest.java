package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code deploy/host}: the unit and the settings of a real host say what the agent reads. */
class HostFilesTest {
    private static final Path FOLDER = folder();
    private static final Set<String> SECTIONS = Set.of("Unit", "Service", "Install");

    @Test
    void theExampleHasEverySettingOnceAndNoOther() throws IOException {
        Set<String> read = new HashSet<>();
        Map<String, String> recording = new HashMap<>(example()) {
            private static final long serialVersionUID = 1L;

            @Override
            public String get(Object name) {
                read.add((String) name);
                return super.get(name);
            }
        };
        AgentConfig config = AgentConfig.of(recording);
        assertThat(config.xen()).isPresent();
        assertThat(example().keySet()).isEqualTo(read);
    }

    @Test
    void whatTheExampleCallsUsualIsWhatIsTakenWithoutIt() throws IOException {
        Map<String, String> few = new HashMap<>(example());
        XenConfig given = AgentConfig.of(few).xen().orElseThrow();
        List.of("LPM_IMAGES", "LPM_KERNELS", "LPM_BRIDGE", "LPM_DOMAIN_TYPE", "LPM_LINK_MIB_PER_SECOND")
                .forEach(few::remove);
        assertThat(AgentConfig.of(few).xen()).contains(given);
    }

    @Test
    void everySettingIsExplained() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("host-agent.env"));
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("LPM_")) {
                assertThat(lines.get(i - 1)).as(lines.get(i)).startsWith("# ");
            }
        }
    }

    @Test
    void theUnitStartsTheAgentWithTheseSettingsForEver() throws IOException {
        Map<String, List<String>> unit = unit();
        assertThat(unit).containsEntry("Service/Restart", List.of("always"));
        assertThat(unit).containsEntry("Unit/StartLimitIntervalSec", List.of("0"));
        assertThat(unit).containsEntry("Service/EnvironmentFile", List.of("/etc/lpm/host-agent.env"));
        assertThat(unit.get("Service/ExecStart"))
                .singleElement()
                .asString()
                .endsWith(" -jar /usr/lib/lpm/host-agent/host-agent-1.0.jar");
        assertThat("/var/lib/" + unit.get("Service/StateDirectory").getFirst())
                .isEqualTo(example().get("LPM_DATA"));
        assertThat(unit).containsKey("Install/WantedBy");
    }

    /** The agent waits for libvirt by itself, and reaches what its rights are for. */
    @Test
    void theUnitLeavesWhatTheAgentNeeds() throws IOException {
        Map<String, List<String>> unit = unit();
        assertThat(unit).doesNotContainKeys("Unit/Requires", "Unit/BindsTo", "Service/User", "Service/DevicePolicy");
        assertThat(unit)
                .doesNotContainKeys(
                        "Service/PrivateDevices",
                        "Service/ProtectKernelTunables",
                        "Service/ProtectClock",
                        "Service/MemoryDenyWriteExecute",
                        "Service/PrivateNetwork");
        assertThat(unit.get("Service/ReadWritePaths").getFirst().split(" ")).contains("/run", "/var/lib/xen");
        assertThat(unit.get("Service/RestrictAddressFamilies").getFirst().split(" "))
                .contains("AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK");
    }

    @Test
    void theInstallerPutsEveryFileInItsPlace() throws IOException {
        String script = Files.readString(FOLDER.resolve("install"));
        for (String file : List.of(
                "lpm-dom0",
                "lpm-dom0.d/disks",
                "lpm-dom0.d/rbd",
                "lpm-dom0.d/folder",
                "lpm-xen.c",
                "lpm-xen-wdt.conf",
                "lpm-host-agent.service",
                "host-agent.env")) {
            assertThat(FOLDER.resolve(file)).exists();
            assertThat(script).contains("$here/" + file);
        }
    }

    private static Map<String, String> example() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("host-agent.env"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                assertThat(settings.put(parts[0], parts[1])).as(line).isNull();
            }
        }
        return settings;
    }

    /** Values by section and key; a line that is neither is a failure. */
    private static Map<String, List<String>> unit() throws IOException {
        Map<String, List<String>> values = new HashMap<>();
        String section = "";
        String text = Files.readString(FOLDER.resolve("lpm-host-agent.service")).replaceAll("\\\\\n *", "");
        for (String line : text.split("\n")) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
                assertThat(SECTIONS).contains(section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                assertThat(line).matches("[A-Z][A-Za-z]+=.*");
                String[] parts = line.split("=", 2);
                values.computeIfAbsent(section + "/" + parts[0], _ -> new ArrayList<>())
                        .add(parts[1]);
            }
        }
        return values;
    }

    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("deploy/host"))) {
            here = here.getParent();
        }
        return here.resolve("deploy/host");
    }
}
