package lpm.hostagent.report;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport;
import org.jspecify.annotations.Nullable;

/** Which Linode a fact names, and under which owner epoch: the components of those names, for every kind of fact. */
final class Subjects {
    private Subjects() {}

    static Optional<LinodeId> linodeOf(HostReport fact) {
        return component(fact, "linode").filter(LinodeId.class::isInstance).map(LinodeId.class::cast);
    }

    static @Nullable Long ownerEpochOf(HostReport fact) {
        return component(fact, "ownerEpoch").map(Long.class::cast).orElse(null);
    }

    private static Optional<Object> component(HostReport fact, String name) {
        return Arrays.stream(fact.getClass().getRecordComponents())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .map(each -> value(each, fact));
    }

    private static Object value(RecordComponent component, HostReport fact) {
        try {
            return component.getAccessor().invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + fact.getClass(), e);
        }
    }
}
