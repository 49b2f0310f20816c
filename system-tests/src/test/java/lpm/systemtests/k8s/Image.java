package lpm.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An image, unpacked with plain tools.
 *
 * @param root its layers laid on each other
 * @param config how it wants to be run
 */
record Image(Path root, JsonNode config) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Unpacks an OCI layout from a tar into an empty folder; every blob must be what its name says. */
    static Image unpack(Path archive, Path folder) throws IOException {
        Path layout = Files.createDirectories(folder.resolve("layout"));
        Path root = Files.createDirectories(folder.resolve("rootfs"));
        run("tar", "-xf", archive.toString(), "-C", layout.toString());
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        JsonNode manifest = JSON.readTree(blob(layout, index.at("/manifests/0")).toFile());
        for (JsonNode layer : manifest.path("layers")) {
            run("tar", "-xpf", blob(layout, layer).toString(), "-C", root.toString());
        }
        JsonNode config = JSON.readTree(blob(layout, manifest.path("config")).toFile());
        run("rm", "-r", layout.toString());
        return new Image(root, config.path("config"));
    }

    String user() {
        return config.path("User").asText();
    }

    String workingDir() {
        return config.path("WorkingDir").asText();
    }

    /** What is run: entry point and arguments. */
    List<String> command() {
        List<String> command = texts("Entrypoint");
        command.addAll(texts("Cmd"));
        return command;
    }

    /** Settings as {@code NAME=value}. */
    List<String> environment() {
        return texts("Env");
    }

    private List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        config.path(field).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Path blob(Path layout, JsonNode descriptor) throws IOException {
        String digest = descriptor.path("digest").asText();
        Path blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        byte[] bytes = Files.readAllBytes(blob);
        try {
            String found = "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!found.equals(digest) || bytes.length != descriptor.path("size").asLong()) {
                throw new IOException("expected " + descriptor + ", found " + found + ", " + bytes.length + " bytes");
            }
            return blob;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program that must succeed; its output is this process's. */
    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(
                        "expected " + String.join(" ", command) + " to succeed, found code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
