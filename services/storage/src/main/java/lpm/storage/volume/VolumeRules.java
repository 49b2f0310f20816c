package lpm.storage.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lpm.platform.Refusal;
import lpm.platform.rest.Refused;

/** What the API accepts in requests about volumes. All that is wrong is told at once. */
final class VolumeRules {
    static final long MIN_SIZE_GB = 10;
    static final long MAX_SIZE_GB = 16_384;
    static final long DEFAULT_SIZE_GB = 20;
    static final int MAX_LABEL = 32;
    static final int MAX_TAGS = 50;

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z](?:(?!--|__)[a-zA-Z0-9_-])*");

    private final List<Refusal.Reason> reasons = new ArrayList<>();

    VolumeRules label(Optional<String> label) {
        if (label.isEmpty()) {
            wrong("label", "label is required");
        } else if (label.get().isEmpty() || label.get().length() > MAX_LABEL) {
            wrong("label", "Length must be 1-" + MAX_LABEL + " characters");
        } else if (!LABEL.matcher(label.get()).matches()) {
            wrong(
                    "label",
                    "Must begin with a letter and may only contain letters, numbers, dashes and underscores,"
                            + " without two dashes or underscores in a row");
        }
        return this;
    }

    VolumeRules size(long size) {
        if (size < MIN_SIZE_GB || size > MAX_SIZE_GB) {
            wrong("size", "Must be " + MIN_SIZE_GB + "-" + MAX_SIZE_GB);
        }
        return this;
    }

    VolumeRules tags(Optional<List<String>> tags) {
        List<String> all = tags.orElse(List.of());
        if (all.size() > MAX_TAGS) {
            wrong("tags", "At most " + MAX_TAGS + " tags");
        } else if (all.stream().anyMatch(tag -> tag.length() < 3 || tag.length() > 50)) {
            wrong("tags", "Length must be 3-50 characters");
        }
        return this;
    }

    VolumeRules wrong(String field, String reason) {
        reasons.add(new Refusal.Reason(Optional.of(field), reason));
        return this;
    }

    void check() {
        if (!reasons.isEmpty()) {
            throw new Refused(new Refusal(Refusal.Kind.invalid, reasons));
        }
    }
}
