package lpm.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Where the API is and who calls: from flags, then the environment, then the note of a running {@code ./lpm up}. */
record Session(String api, String token, String operatorToken) {
    /** The note a running local cloud leaves in its data folder. */
    static final String NOTE = "ready.properties";

    static Session find(Session flags, Map<String, String> environment, Path data) {
        Properties note = read(data.resolve(NOTE));
        return new Session(
                first(flags.api(), environment.getOrDefault("LPM_API", ""), note.getProperty("api", ""))
                        .orElseThrow(() -> new ApiFailure(
                                ApiFailure.UNREACHABLE,
                                "No API to talk to: start ./lpm up, or give --api or LPM_API (looked for "
                                        + data.resolve(NOTE) + ").")),
                first(flags.token(), environment.getOrDefault("LPM_TOKEN", ""), note.getProperty("token", ""))
                        .orElse(""),
                first(
                                flags.operatorToken(),
                                environment.getOrDefault("LPM_OPERATOR_TOKEN", ""),
                                note.getProperty("operator-token", ""))
                        .orElse(""));
    }

    private static Optional<String> first(String... candidates) {
        return Stream.of(candidates).filter(c -> !c.isEmpty()).findFirst();
    }

    private static Properties read(Path note) {
        Properties values = new Properties();
        if (Files.isReadable(note)) {
            try (Reader reader = Files.newBufferedReader(note)) {
                values.load(reader);
            } catch (IOException e) {
                throw new ApiFailure(ApiFailure.UNREACHABLE, "Cannot read " + note + ": " + e + ".");
            }
        }
        return values;
    }

    /** As a customer. */
    Api customer() {
        return new Api(api, token);
    }

    /** As an operator. */
    Api operator() {
        return new Api(api, operatorToken);
    }
}
