package io.signalbox.processor.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bounded block cache and one write-buffer budget for all stores of the process: with a store for each of a dozen
 * partitions and half a dozen names, RocksDB's defaults would take gigabytes.
 */
public final class SharedRocksDb implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 48L << 20;

    /**
     * RocksDB would make 64 parts of it, of 768 KB each. The write buffers are in it as entries of 256 KB that nothing pushes out: where
     * three of them meet, no block could stay.
     */
    private static final int CACHE_SHARD_BITS = 3;

    private static final long WRITE_BUFFER_BYTES = 24L << 20;
    /** Small, so that a store of little traffic is flushed now and then, and a restart has little to restore. */
    private static final long WRITE_BUFFER_SIZE = 1L << 20;

    /** A page of a list reads some neighbours of each partition: fewer blocks to find than with 4 KB. */
    private static final long BLOCK_BYTES = 16L << 10;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES, CACHE_SHARD_BITS, false, 0.1);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    private static final BloomFilter FILTER = new BloomFilter();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(FILTER);
        table.setBlockSize(BLOCK_BYTES);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_SIZE);
        options.setMaxWriteBufferNumber(2);
        options.setMaxBackgroundJobs(2);
        // A start opens each store twice, and RocksDB makes sixteen threads each time for the few files of one.
        options.setMaxFileOpeningThreads(1);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared lives as long as the process.
    }
}
