package lpm.scheduler.linode;

import jakarta.enterprise.context.RequestScoped;
import lpm.platform.rest.Call;
import lpm.platform.rest.Refused;

/** The caller's own Linodes by id: those of others are not found. */
@RequestScoped
public class OwnLinodes {
    private final Call call;

    public OwnLinodes(Call call) {
        this.call = call;
    }

    LinodeFacts facts(long id) {
        LinodeFacts facts = call.row(LinodeView.LINODES, String.valueOf(id), LinodeFacts.class);
        if (facts.account() != call.account().value()) {
            throw Refused.notFound();
        }
        return facts;
    }

    LinodeJson shown(long id) {
        return call.row(LinodeView.LINODES, String.valueOf(id), LinodeJson.class);
    }
}
