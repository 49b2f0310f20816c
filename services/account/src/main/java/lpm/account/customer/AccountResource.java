package lpm.account.customer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lpm.account.access.Checks;
import lpm.account.activity.OwnActivities;
import lpm.account.customer.AccountJson.CustomerJson;
import lpm.account.customer.AccountJson.SettingsBody;
import lpm.account.customer.AccountJson.SettingsJson;
import lpm.account.customer.CustomerCommand.ChangeSettings;
import lpm.account.customer.CustomerView.Row;
import lpm.account.people.People;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** The caller's account. What this platform does not sell (invoices, payments) is honestly empty. */
@Path("/v4/account")
public final class AccountResource {
    private static final Set<String> POLICIES = Set.of("linode/migrate", "linode/power_off_on");
    private static final String ENTITY = "account";

    private final Call call;
    private final People people;
    private final OwnActivities activities;

    public AccountResource(Call call, People people, OwnActivities activities) {
        this.call = call;
        this.people = people;
        this.activities = activities;
    }

    @GET
    @Scopes("account:read_only")
    public CustomerJson get() {
        return CustomerJson.of(row(), people.contact(call.account()));
    }

    /** Fields that are not contact data are ignored. */
    @PUT
    @Scopes("account:read_write")
    public CustomerJson update(Map<String, Object> body) {
        Map<String, String> contact = new HashMap<>(people.contact(call.account()));
        body.forEach((field, value) -> {
            if (AccountJson.CONTACT_FIELDS.contains(field)) {
                contact.put(field, AccountJson.checked(field, value));
            }
        });
        if (body.containsKey("email")) {
            Checks.email(Optional.ofNullable(contact.get("email")));
        }
        people.put(new People.Contact(call.account().value(), contact));
        activities.note("account_update", ENTITY, call.account().value(), row().euuid());
        return CustomerJson.of(row(), contact);
    }

    @GET
    @Path("settings")
    @Scopes("account:read_only")
    public SettingsJson settings() {
        return SettingsJson.of(row());
    }

    @PUT
    @Path("settings")
    @Scopes("account:read_write")
    public SettingsJson settings(SettingsBody body) {
        Row row = row();
        String policy = body.maintenancePolicy().orElse(row.maintenancePolicy());
        if (!POLICIES.contains(policy)) {
            throw Refused.of("maintenance_policy", "Unsupported maintenance policy slug format.");
        }
        activities.send(
                new ChangeSettings(call.account(), policy, body.backupsEnabled().orElse(row.backupsEnabled())),
                "account_settings_update",
                ENTITY,
                row.id(),
                row.euuid());
        return SettingsJson.of(row());
    }

    @GET
    @Path("transfer")
    @Scopes("account:read_only")
    public Map<String, Object> transfer() {
        return Map.of("billable", 0, "quota", 0, "used", 0, "region_transfers", List.of());
    }

    @GET
    @Path("{list: invoices|payments|payment-methods|notifications|logins}")
    @Scopes("account:read_only")
    public Page<Map<String, Object>> nothing(@PathParam("list") String list) {
        return Page.single(List.of());
    }

    @GET
    @Path("maintenance")
    @Scopes({})
    public Page<Map<String, Object>> maintenance() {
        return Page.single(List.of());
    }

    private Row row() {
        return call.row(CustomerView.TABLE, call.account().toString(), Row.class);
    }
}
