package lpm.scheduler.linode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.Refusal;
import lpm.platform.rest.Refused;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.catalogue.CatalogueJson.Image;

/** What is wrong with a wish, all of it at once. */
final class LinodeChecks {
    static final String BOOT_LOADER = "linode/grub2";
    static final long USUAL_SWAP_MIB = 512;
    static final int MIN_LABEL = 3;
    static final int MAX_LABEL = 64;
    static final int MIN_ROOT_PASS = 7;
    static final int MAX_ROOT_PASS = 128;
    /** All keys together: sealed, they must fit into one text of a message. */
    static final int MAX_KEYS_BYTES = 16_384;

    static final int MAX_TAGS = 50;
    static final int MIN_TAG = 3;
    static final int MAX_TAG = 50;
    static final Set<String> POLICIES = Set.of("linode/migrate", "linode/power_off_on");
    static final Set<String> FILESYSTEMS = Set.of("raw", "swap", "ext3", "ext4", "initrd");

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*");
    private static final Pattern DOUBLED = Pattern.compile("--|__|\\.\\.");
    private static final String NOT_OFFERED = " is not offered yet";

    private final Catalogue catalogue;
    private final List<Refusal.Reason> reasons = new ArrayList<>();

    LinodeChecks(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Ends the request if anything was wrong. */
    void end() {
        if (!reasons.isEmpty()) {
            throw new Refused(new Refusal(Refusal.Kind.invalid, reasons));
        }
    }

    LinodeChecks wrong(String field, String reason) {
        reasons.add(new Refusal.Reason(Optional.of(field), reason));
        return this;
    }

    LinodeChecks notOffered(boolean wished, String field) {
        return wished ? wrong(field, field + NOT_OFFERED) : this;
    }

    String region(Optional<String> id) {
        if (id.isEmpty()) {
            wrong("region", "region is required");
        } else if (catalogue.region(id.get()).isEmpty()) {
            wrong("region", "region is not valid");
        }
        return id.orElse("");
    }

    Optional<LinodeSizing> type(Optional<String> id) {
        if (id.isEmpty()) {
            wrong("type", "type is required");
            return Optional.empty();
        }
        Optional<LinodeSizing> sizing = catalogue.sizing(id.get());
        if (sizing.isEmpty()) {
            wrong("type", "A valid plan type by that ID was not found");
        }
        return sizing;
    }

    Optional<Image> image(Optional<String> id) {
        Optional<Image> image = id.flatMap(catalogue::image);
        if (id.isPresent() && image.isEmpty()) {
            wrong("image", "image is not valid");
        }
        return image;
    }

    /** What is asked for, or what the image boots by itself. */
    String kernel(Optional<String> id, Optional<Image> image) {
        if (id.isPresent() && catalogue.kernel(id.get()).isEmpty()) {
            wrong("kernel", "kernel is not valid");
        }
        return id.or(() -> image.flatMap(each -> Optional.ofNullable(each.kernel())))
                .orElse(BOOT_LOADER);
    }

    void label(String label) {
        if (label.length() < MIN_LABEL || label.length() > MAX_LABEL) {
            wrong("label", "Label must be between 3 and 64 characters.");
        } else if (!LABEL.matcher(label).matches()) {
            wrong(
                    "label",
                    "Label must begin with a letter and may only contain letters, numbers, periods, dashes and"
                            + " underscores.");
        } else if (DOUBLED.matcher(label).find()) {
            wrong("label", "Label cannot have two dashes (--), underscores (__) or periods (..) in a row.");
        }
    }

    void diskLabel(String label) {
        if (label.isEmpty() || label.length() > 48) {
            wrong("label", "Label must be between 1 and 48 characters.");
        }
    }

    void tags(List<String> tags) {
        if (tags.size() > MAX_TAGS) {
            wrong("tags", "At most " + MAX_TAGS + " tags are allowed");
        }
        for (int i = 0; i < tags.size(); i++) {
            int length = tags.get(i).length();
            if (length < MIN_TAG || length > MAX_TAG) {
                wrong("tags[" + i + "]", "Length must be 3-50 characters");
            }
        }
    }

    void policy(Optional<String> slug) {
        if (slug.isPresent() && !POLICIES.contains(slug.get())) {
            wrong("maintenance_policy", "Unsupported maintenance policy slug format.");
        }
    }

    /** A disk made from an image needs a way in. */
    void access(Optional<String> rootPass, Optional<List<String>> keys, Optional<List<String>> users) {
        notOffered(users.isPresent() && !users.get().isEmpty(), "authorized_users");
        if (rootPass.isEmpty() && keys.orElse(List.of()).isEmpty()) {
            reasons.add(new Refusal.Reason(
                    Optional.empty(), "Must provide valid root_pass, authorized_keys, or authorized_users"));
        }
        rootPass.ifPresent(this::rootPass);
        List<String> all = keys.orElse(List.of());
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).matches("(ssh-|ecdsa-|sk-)[^\\p{Cntrl}]{1,4096}")) {
                wrong("authorized_keys[" + i + "]", "SSH Key has an invalid format.");
            }
        }
        if (String.join("\n", all).getBytes(StandardCharsets.UTF_8).length > MAX_KEYS_BYTES) {
            wrong("authorized_keys", "SSH keys must not be longer than 16384 bytes altogether.");
        }
    }

    private void rootPass(String pass) {
        if (pass.length() < MIN_ROOT_PASS || pass.length() > MAX_ROOT_PASS) {
            wrong("root_pass", "Password must be between 7 and 128 characters.");
        } else if (classes(pass) < 2) {
            wrong("root_pass", "Password does not meet complexity requirement");
        }
    }

    private static long classes(String pass) {
        return List.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]").stream()
                .filter(each -> Pattern.compile(each).matcher(pass).find())
                .count();
    }

    long swap(Optional<Long> size, Optional<LinodeSizing> sizing) {
        long swap = size.orElseGet(() -> usualSwapMib(sizing.map(LinodeSizing::diskMib)));
        long room = sizing.map(LinodeSizing::diskMib).orElse(Long.MAX_VALUE);
        if (swap < 0 || swap >= room) {
            wrong("swap_size", "swap_size must be 0 or more and leave room for a disk");
        }
        return swap;
    }

    /** What a Linode gets unless it asks for something else: none where it would take most of the disk. */
    static long usualSwapMib(Optional<Long> diskMib) {
        return diskMib.filter(disk -> disk < 2 * USUAL_SWAP_MIB).isPresent() ? 0 : USUAL_SWAP_MIB;
    }
}
