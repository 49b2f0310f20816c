package lpm.scheduler.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import lpm.contracts.AccountId;
import lpm.contracts.DiskSpec;
import lpm.platform.rest.ApiJson;
import lpm.platform.rest.Refused;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.linode.LinodeCommand.CreateLinode;
import lpm.scheduler.linode.LinodeDrafts.Drafted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinodeChecksTest {
    private static final String GOOD = "\"region\":\"us-east\",\"type\":\"g6-nanode-1\"";
    private static final String IMAGE = "\"image\":\"linode/debian12\",\"root_pass\":\"aComplex1Pass\"";

    private final ObjectMapper api = ApiJson.mapper();
    private final AtomicLong last = new AtomicLong(100);
    private final InMemoryRows rows = new InMemoryRows();
    private final LinodeDrafts drafts = new LinodeDrafts(Catalogue.load(), _ -> last.incrementAndGet(), new Secrets());

    private CreateLinode create(String json) throws JsonProcessingException {
        return drafted(json).what();
    }

    private Drafted<CreateLinode> drafted(String json) throws JsonProcessingException {
        return drafts.create(new AccountId(3), api.readValue("{" + json + "}", LinodeWishes.Create.class));
    }

    private List<String> refusals(String json) {
        Refused refused = catchThrowableOfType(Refused.class, () -> create(json));
        return refused.refusal().reasons().stream()
                .map(each ->
                        each.text() + each.field().map(field -> "/" + field).orElse(""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "type":"g6-nanode-1"                       | region is required/region
            "type":"g6-nanode-1","region":"moon"       | region is not valid/region
            "region":"us-east"                         | type is required/type
            "region":"us-east","type":"g9"             | A valid plan type by that ID was not found/type
            G,"image":"linode/beos","root_pass":"aComplex1Pass" | image is not valid/image
            G,"image":"linode/debian12" | Must provide valid root_pass, authorized_keys, or authorized_users
            G,"image":"linode/debian12","root_pass":"a1" | Password must be between 7 and 128 characters./root_pass
            G,"image":"linode/debian12","root_pass":"aaaaaaaa" | Password does not meet complexity requirement/root_pass
            G,"image":"linode/debian12","authorized_keys":["x"] | SSH Key has an invalid format./authorized_keys[0]
            G,"label":"ab"                             | Label must be between 3 and 64 characters./label
            G,"label":"a--b"  | Label cannot have two dashes (--), underscores (__) or periods (..) in a row./label
            G,"maintenance_policy":"linode/never" | Unsupported maintenance policy slug format./maintenance_policy
            G,"tags":["ab"]                            | Length must be 3-50 characters/tags[0]
            G,"kernel":"linode/none"                   | kernel is not valid/kernel
            G,"stackscript_id":5                       | stackscript_id is not offered yet/stackscript_id
            G,"private_ip":true                        | private_ip is not offered yet/private_ip
            """)
    void refusesWithTheContractsWords(String json, String reason) {
        assertThat(refusals(json.replace("G", GOOD))).containsExactly(reason);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(refusals("\"region\":\"moon\",\"type\":\"g9\",\"label\":\"1\""))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"abc", "a1-b_c.d", "Zz9"})
    void takesGoodLabels(String label) {
        assertThatCode(() -> create(GOOD + ",\"label\":\"" + label + "\"")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"1abc", "a b c", "a/bc", "-abc", "abc!"})
    void refusesLabelsWithOtherCharacters(String label) {
        assertThat(refusals(GOOD + ",\"label\":\"" + label + "\""))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("/label");
    }

    @Test
    void takesLabelsOfTheLastAllowedLengthOnly() {
        assertThatCode(() -> create(GOOD + ",\"label\":\"" + "a".repeat(64) + "\""))
                .doesNotThrowAnyException();
        assertThat(refusals(GOOD + ",\"label\":\"" + "a".repeat(65) + "\"")).hasSize(1);
    }

    @Test
    void makesTheDisksAndTheConfigTheRealApiMakes() throws JsonProcessingException {
        CreateLinode draft = create(GOOD + "," + IMAGE);
        assertThat(draft.details().label()).isEqualTo("linode" + draft.linode());
        assertThat(draft.disks()).extracting(DiskSpec::label).containsExactly("Debian 12 Disk", "512 MB Swap Image");
        assertThat(draft.disks()).extracting(DiskSpec::sizeMib).containsExactly(25088L, 512L);
        assertThat(draft.config().orElseThrow().label())
                .isEqualTo("My " + draft.details().label() + " Disk Profile");
        assertThat(draft.config().orElseThrow().kernel()).isEqualTo("linode/grub2");
        assertThat(draft.booted()).isTrue();
        assertThat(draft.mac()).matches("f2:3c(:[0-9a-f]{2}){4}");
    }

    @Test
    void hasNoDiskAndDoesNotBootWithoutAnImage() throws JsonProcessingException {
        CreateLinode draft = create(GOOD);
        assertThat(draft.disks()).isEmpty();
        assertThat(draft.config()).isEmpty();
        assertThat(draft.booted()).isFalse();
        assertThat(draft.secretRef()).isEmpty();
    }

    @Test
    void keepsThePasswordAsAHashUnderAReferenceOnly() throws JsonProcessingException {
        Drafted<CreateLinode> draft = drafted(GOOD + "," + IMAGE);
        String ref = draft.what().secretRef().orElseThrow();
        assertThat(draft.what().disks().getFirst().secretRef()).contains(ref);
        assertThat(draft.what().toString()).doesNotContain("aComplex1Pass");
        draft.keep(rows);
        Secrets.Row kept = rows.get(Secrets.TABLE, ref, Secrets.Row.class).orElseThrow();
        assertThat(kept.access().rootHash()).startsWith("$6$").doesNotContain("aComplex1Pass");
        assertThat(kept.linode()).isEqualTo(draft.what().linode().value());
    }
}
