package lpm.account.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The audit's chain of hashes (decision 0021): the hash at a position stands for every row up to it. What is hashed is
 * what a row says, not how it is written: its JSON with sorted names, numbers in full and without trailing zeros, no
 * blanks, in UTF-8. The prefixes are those of RFC 6962, section 2.1.
 */
final class AuditChain {
    /** The hash before the first row. */
    static final String START = "0".repeat(64);

    private static final byte ROW = 0;
    private static final byte LINK = 1;
    private static final ObjectWriter PLAIN =
            Json.MAPPER.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private AuditChain() {}

    /** The hash at the position of a row as it is kept, in hex. */
    static String next(String before, JsonNode row) {
        byte[] leaf = sha256(ROW, canonical(row));
        return HexFormat.of().formatHex(sha256(LINK, HexFormat.of().parseHex(before), leaf));
    }

    private static byte[] canonical(JsonNode row) {
        try {
            return PLAIN.writeValueAsString(sorted(row)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row that was written cannot be written again", e);
        }
    }

    private static @Nullable Object sorted(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> members = new TreeMap<>();
                node.properties().forEach(each -> members.put(each.getKey(), sorted(each.getValue())));
                yield members;
            }
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                node.forEach(each -> items.add(sorted(each)));
                yield items;
            }
            case NUMBER -> node.decimalValue().stripTrailingZeros();
            default -> node;
        };
    }

    private static byte[] sha256(byte prefix, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(prefix);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
