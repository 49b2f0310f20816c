package lpm.storage;

import static org.assertj.core.api.Assertions.assertThat;

import lpm.platform.App;
import lpm.platform.json.Messages;
import org.junit.jupiter.api.Test;

class StorageAppTest {
    @Test
    void everythingItSaysHasANameOfItsOwn() {
        App app = StorageApp.app();
        new Messages(app);
        assertThat(app.features())
                .extracting(each -> each.name())
                .doesNotHaveDuplicates()
                .contains("disks", "fence");
    }
}
