package io.telltale.storage.write;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.telltale.storage.rows.Block;

/// One block on its way into its table. May be tried again any number of times: the token tells ClickHouse that it is
/// the same block, so that it counts once.
public final class Insertion {
    private final Client client;

    public Insertion(Client client) {
        this.client = client;
    }

    /// Returns once ClickHouse has the block on its disk.
    ///
    /// @throws Exception whatever the client throws; the block may be durable or not
    public void insert(Block block, String deduplicationToken) throws Exception {
        var settings = new InsertSettings()
                .setDeduplicationToken(deduplicationToken)
                .serverSetting("insert_deduplicate", "1")
                .serverSetting("async_insert", "0")
                // Event times may lie in any month; the default of 100 would refuse the block for ever.
                .serverSetting("max_partitions_per_insert_block", "0");
        client.insert(block.table(), block.columnNames(), block::writeTo, ClickHouseFormat.Native, settings)
                .get()
                .close();
    }
}
