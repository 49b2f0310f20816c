package lpm.account.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lpm.account.customer.CustomerView.Row;
import lpm.contracts.Limits;
import lpm.platform.rest.Refused;
import org.jspecify.annotations.Nullable;

/** The API's shapes of an account. */
final class AccountJson {
    /** What a customer tells of itself. */
    static final Set<String> CONTACT_FIELDS = Set.of(
            "company",
            "email",
            "first_name",
            "last_name",
            "address_1",
            "address_2",
            "city",
            "state",
            "zip",
            "country",
            "phone",
            "tax_id");

    private static final int MAX_CONTACT_CHARACTERS = 128;
    private static final List<String> CAPABILITIES = List.of("Linodes", "Block Storage", "Maintenance Policy");

    private AccountJson() {}

    /** Body of POST of an account by an operator. */
    record OpenBody(
            Optional<String> username, Optional<String> email, Optional<String> company, Optional<LimitsBody> limits) {}

    /** Body of POST of a customer's token by an operator. */
    record TokenBody(
            Optional<String> label, Optional<String> scopes, Optional<String> expiry, Optional<String> username) {}

    /** What an account may have. */
    record LimitsJson(
            int linodes,
            int volumes,
            long volumeGib,
            @JsonProperty("requests_per_2_minutes") int requestsPer2Minutes,
            @JsonProperty("creates_per_30_seconds") int createsPer30Seconds) {
        static LimitsJson of(Limits limits) {
            return new LimitsJson(
                    limits.linodes(),
                    limits.volumes(),
                    limits.volumeGib(),
                    limits.requestsPer2Minutes(),
                    limits.createsPer30Seconds());
        }
    }

    /** Body of PUT of limits; what is left out stays as it is. */
    record LimitsBody(
            Optional<Integer> linodes,
            Optional<Integer> volumes,
            Optional<Long> volumeGib,
            @JsonProperty("requests_per_2_minutes") Optional<Integer> requestsPer2Minutes,
            @JsonProperty("creates_per_30_seconds") Optional<Integer> createsPer30Seconds) {
        Limits over(Limits old) {
            return new Limits(
                    linodes.orElse(old.linodes()),
                    volumes.orElse(old.volumes()),
                    volumeGib.orElse(old.volumeGib()),
                    requestsPer2Minutes.orElse(old.requestsPer2Minutes()),
                    createsPer30Seconds.orElse(old.createsPer30Seconds()));
        }
    }

    /** Body of POST of a suspension. */
    record SuspendBody(Optional<String> reason) {}

    /** Body of PUT of settings. */
    record SettingsBody(Optional<String> maintenancePolicy, Optional<Boolean> backupsEnabled) {}

    /** A token as its owner gets it, once. */
    record NewTokenJson(
            long id, String label, String scopes, String created, String expiry, String token, String username) {}

    /** An account as its owner sees it. */
    record CustomerJson(
            String company,
            String email,
            String firstName,
            String lastName,
            @JsonProperty("address_1") String address1,
            @JsonProperty("address_2") String address2,
            String city,
            String state,
            String zip,
            String country,
            String phone,
            String taxId,
            double balance,
            double balanceUninvoiced,
            String billingSource,
            @Nullable Map<String, String> creditCard,
            String activeSince,
            List<String> capabilities,
            List<String> activePromotions,
            String euuid) {
        static CustomerJson of(Row row, Map<String, String> contact) {
            return new CustomerJson(
                    contact.getOrDefault("company", ""),
                    contact.getOrDefault("email", ""),
                    contact.getOrDefault("first_name", ""),
                    contact.getOrDefault("last_name", ""),
                    contact.getOrDefault("address_1", ""),
                    contact.getOrDefault("address_2", ""),
                    contact.getOrDefault("city", ""),
                    contact.getOrDefault("state", ""),
                    contact.getOrDefault("zip", ""),
                    contact.getOrDefault("country", ""),
                    contact.getOrDefault("phone", ""),
                    contact.getOrDefault("tax_id", ""),
                    0,
                    0,
                    "linode",
                    null,
                    row.activeSince(),
                    CAPABILITIES,
                    List.of(),
                    row.euuid());
        }
    }

    /** What new Linodes inherit. */
    record SettingsJson(
            boolean managed,
            boolean networkHelper,
            @Nullable String longviewSubscription,
            boolean backupsEnabled,
            String objectStorage,
            String interfacesForNewLinodes,
            String maintenancePolicy) {
        static SettingsJson of(Row row) {
            return new SettingsJson(
                    false, true, null, row.backupsEnabled(), "disabled", "legacy_config_only", row.maintenancePolicy());
        }
    }

    /** An account as operators see it. */
    record OpsJson(
            long id,
            String euuid,
            String company,
            String email,
            boolean suspended,
            String activeSince,
            LimitsJson limits,
            List<String> users) {
        static OpsJson of(Row row, Map<String, String> contact, List<String> users) {
            return new OpsJson(
                    row.id(),
                    row.euuid(),
                    contact.getOrDefault("company", ""),
                    contact.getOrDefault("email", ""),
                    row.suspended(),
                    row.activeSince(),
                    LimitsJson.of(row.limits()),
                    users);
        }
    }

    /** One value of a contact; empty texts are allowed. */
    static String checked(String field, Object value) {
        if (!(value instanceof String text)) {
            throw Refused.of(field, "Must be a string");
        }
        if (text.length() > MAX_CONTACT_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            throw Refused.of(field, "Length must be 0-" + MAX_CONTACT_CHARACTERS + " characters");
        }
        return text;
    }
}
