package lpm.migration;

import static org.assertj.core.api.Assertions.assertThat;

import lpm.platform.App;
import lpm.platform.json.Messages;
import org.junit.jupiter.api.Test;

class MigrationAppTest {
    @Test
    void everythingItSaysHasANameOfItsOwn() {
        App app = MigrationApp.app();
        new Messages(app);
        assertThat(app.planners()).hasSize(2);
    }
}
