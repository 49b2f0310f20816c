package lpm.hostagent.disks.pools;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lpm.contracts.PoolId;

/** The pools of a host, in the order they were named. */
public record PoolsConfig(Map<PoolId, PoolSetting> pools) {
    private static final String FORM = "LPM_POOLS: expected <pool>=rbd:<ceph.conf>:<ceph pool>, <pool>=dir:<folder> or "
            + "<pool>=netfs:<mounted folder>, several separated by commas; found \"";

    public PoolsConfig {
        pools = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }

    /** Reads {@code LPM_POOLS}; throws {@link IllegalArgumentException} with a sentence on what is wrong. */
    public static PoolsConfig parse(String text) {
        Map<PoolId, PoolSetting> all = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", 2);
            if (sides.length != 2) {
                throw wrong(part, "there is no =");
            }
            PoolId id = id(sides[0], part);
            PoolSetting setting = setting(sides[1], part);
            mustDiffer(all, id, setting, part);
            if (all.put(id, setting) != null) {
                throw wrong(part, "pool " + sides[0] + " is named twice");
            }
        }
        return new PoolsConfig(all);
    }

    /** Two pools of one name in dom0 would be one. */
    private static void mustDiffer(Map<PoolId, PoolSetting> all, PoolId id, PoolSetting setting, String part) {
        all.forEach((other, known) -> {
            if (!other.equals(id) && known.dom0Name(other).equals(setting.dom0Name(id))) {
                throw wrong(part, "dom0 would know it by the same name as pool " + other + "; call it otherwise");
            }
        });
    }

    /** The pools' names. */
    public List<PoolId> ids() {
        return List.copyOf(pools.keySet());
    }

    private static PoolId id(String text, String part) {
        try {
            return PoolId.of(text);
        } catch (IllegalArgumentException e) {
            throw wrong(part, String.valueOf(e.getMessage()));
        }
    }

    private static PoolSetting setting(String text, String part) {
        String[] words = text.split(":", 2);
        String rest = words.length == 2 ? words[1] : "";
        return switch (words[0]) {
            case "rbd" -> rbd(rest, part);
            case "dir" -> new PoolSetting.Dir(folder(rest, part));
            case "netfs" -> new PoolSetting.NetFs(folder(rest, part));
            case "logical", "iscsi" ->
                throw wrong(
                        part,
                        "pools of type " + words[0] + " are not served, since they have no records that two hosts can"
                                + " compare and set; put a Ceph pool or an NFS server on them");
            default -> throw wrong(part, "there is no type \"" + words[0] + "\"");
        };
    }

    private static PoolSetting rbd(String text, String part) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw wrong(part, "rbd needs the path of a ceph.conf and the name of a Ceph pool");
        }
        return new PoolSetting.Rbd(folder(text.substring(0, colon), part), text.substring(colon + 1));
    }

    private static Path folder(String text, String part) {
        if (!text.startsWith("/")) {
            throw wrong(part, "a path must begin with /");
        }
        return Path.of(text);
    }

    private static IllegalArgumentException wrong(String part, String why) {
        return new IllegalArgumentException(FORM + part.strip() + "\": " + why);
    }
}
