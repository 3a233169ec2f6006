package io.signalbox.processor.topology;

/** The state stores by name. The names are a promise to the changelog topics: they never change. */
public final class StoreName {

    /** Connector key → the desired state, generations and pending operations. */
    public static final String CONNECTORS = "connectors";
    /** Connector key and revision → the config that came with it. */
    public static final String CONFIGS = "configs";
    /** Connector key, kind and revision → an event of it, and what was desired from then on. */
    public static final String HISTORY = "history";
    /** Connector key → what was last observed. */
    public static final String STATUSES = "statuses";
    /** Connector key → the offsets as they were last read; and see {@link UndoImage}. */
    public static final String OFFSETS = "offsets";
    /** Key and command id → what the caller was told; bounded in time. */
    public static final String OUTCOMES = "outcomes";
    /** Cluster key → the registered data plane. Decisions need it here; reads come from its topic. */
    public static final String CLUSTERS = "clusters";

    /** Access key → who it lets in, for decisions about it; reads come from its topic. */
    public static final String ACCESS_KEYS = "access-keys";

    /** Stored secret → what is kept, sealed, for decisions about it; reads come from its topic. */
    public static final String SECRETS = "secrets";

    /** What quotas need; see {@link QuotaStore}. */
    public static final String QUOTAS = "quotas";

    /** Pipeline key → what is asked of it and how far it is, for decisions about it; reads come from its topic. */
    public static final String PIPELINES = "pipelines";

    private StoreName() {}
}
