package lpm.scheduler.address;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.AddressEvent.AddressAssigned;
import lpm.contracts.scheduler.AddressEvent.AddressReleased;
import lpm.platform.Rows;
import lpm.platform.View;

/** Every address ever used, and whose it is. */
public final class AddressView implements View<AddressEvent, AddressState> {
    public static final String ADDRESSES = "address_view";

    /** {@code linodeId} is 0 while the address is free. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(String address, String region, long linodeId) {}

    @Override
    public List<String> tables() {
        return List.of(ADDRESSES);
    }

    @Override
    public void project(Envelope<AddressEvent> event, AddressState after, Rows rows) {
        Row row =
                switch (event.data()) {
                    case AddressAssigned e ->
                        new Row(e.address(), e.region().value(), e.linode().value());
                    case AddressReleased e -> new Row(e.address(), e.region().value(), 0);
                };
        rows.put(ADDRESSES, row.address(), row);
    }
}
