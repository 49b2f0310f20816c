package lpm.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a runtime takes for {@code RuntimeDefault}: the list of the package containers-common, where it is. */
final class Seccomp {
    private static final Path LIST = Path.of("/usr/share/containers/seccomp.json");
    private static final String HERE = "amd64";
    private static final List<String> ARCHITECTURES = List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");

    private Seccomp() {}

    /** The list as crun reads it, for a process without capabilities. */
    static Optional<JsonNode> runtimeDefault() throws IOException {
        if (!Files.exists(LIST)) {
            return Optional.empty();
        }
        JsonMapper json = new JsonMapper();
        JsonNode list = json.readTree(LIST.toFile());
        ObjectNode profile = json.createObjectNode();
        profile.set("defaultAction", list.path("defaultAction"));
        profile.set("defaultErrnoRet", list.path("defaultErrnoRet"));
        profile.set("architectures", json.valueToTree(ARCHITECTURES));
        ArrayNode rules = profile.putArray("syscalls");
        for (JsonNode each : list.path("syscalls")) {
            if (applies(each.path("includes"))) {
                ObjectNode rule = rules.addObject();
                List.of("names", "action", "errnoRet", "args").stream()
                        .filter(each::hasNonNull)
                        .forEach(field -> rule.set(field, each.get(field)));
            }
        }
        return Optional.of(profile);
    }

    /** Rules that exclude a capability apply: there is none. */
    private static boolean applies(JsonNode includes) {
        boolean elsewhere =
                includes.has("arches") && !includes.path("arches").toString().contains("\"" + HERE + "\"");
        return !elsewhere && !includes.has("caps");
    }
}
