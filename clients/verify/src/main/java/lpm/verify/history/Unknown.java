package lpm.verify.history;

import com.fasterxml.jackson.databind.JsonNode;

/** The data of a message whose type or version the contracts at hand do not know. */
public record Unknown(JsonNode data) {}
