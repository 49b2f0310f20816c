package lpm.scheduler.catalogue;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Function;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.XFilter;
import lpm.platform.rows.InMemoryRows;

/** Pages of the catalogue, filtered and ordered as all lists are. One that cannot be read ends the start at once. */
@Startup
@Singleton
public final class CataloguePages {
    private final Catalogue catalogue;
    private final InMemoryRows rows = new InMemoryRows();

    public CataloguePages(Catalogue catalogue) {
        this.catalogue = catalogue;
        fill("types", catalogue.types(), CatalogueJson.LinodeType::id);
        fill("regions", catalogue.regions(), CatalogueJson.RegionJson::id);
        fill("kernels", catalogue.kernels(), CatalogueJson.Kernel::id);
    }

    private <T> void fill(String table, List<T> all, Function<T, String> id) {
        all.forEach(each -> rows.put(table, id.apply(each), each));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    <T> Page<T> page(String table, Call call, HttpHeaders headers, Class<T> type) {
        Query query = XFilter.parse(headers.getHeaderString("X-Filter"), type).apply(Query.all());
        return call.paging().read(rows, table, query, type);
    }
}
