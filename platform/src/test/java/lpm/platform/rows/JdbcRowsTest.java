package lpm.platform.rows;

import java.util.List;
import lpm.platform.Rows;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;
import lpm.platform.toy.Database;

class JdbcRowsTest extends RowsContract {
    @Override
    Rows fresh() {
        Store store = new Store(Database.fresh("toyrows"), "toyrows");
        Schema.create(store, List.of(TABLE));
        return new JdbcRows(store);
    }
}
