package lpm.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.account.access.TokenView;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.rest.EndpointRules;
import lpm.platform.rest.KnownTokens;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    @Test
    void everyEndpointSaysWhoMayCall() {
        EndpointRules.everyEndpointSaysWhoMayCall("lpm.account");
    }

    @Test
    void theServiceAuthenticatesFromTheRowsEveryOtherServiceHas() {
        App app = AccountApp.app(Optional.empty());
        List<String> tables = app.features().stream()
                .map(Feature::view)
                .flatMap(view -> view.tables().stream())
                .toList();

        assertThat(tables).containsAll(new KnownTokens().tables()).contains(TokenView.TABLE);
        assertThat(tables).doesNotHaveDuplicates();
    }
}
