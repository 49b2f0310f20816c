package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The API said no, or could not be reached; the message has its reasons. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int UNREACHABLE = 0;
    private static final int SERVER_ERROR = 500;

    private final int status;

    ApiFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    static ApiFailure of(String method, String path, int status, JsonNode body) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode error : body.path("errors")) {
            String field = error.path("field").asText("");
            String reason = error.path("reason").asText();
            reasons.add(field.isEmpty() ? reason : field + ": " + reason);
        }
        String why = reasons.isEmpty() ? "no reason given" : String.join("; ", reasons);
        return new ApiFailure(status, why + " (" + status + " to " + method + " " + path + ")");
    }

    /** The HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /** Whether the request may have been carried out all the same. */
    public boolean isUnknown() {
        return status == UNREACHABLE || status >= SERVER_ERROR;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
