package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SourceReady.LeftOut;
import io.signalbox.processor.dataplane.systems.SourceSystem;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.dataplane.systems.TableFilter;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.dataplane.systems.postgres.Tables.Table;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** PostgreSQL as Debezium's connector captures it, by logical replication with {@code pgoutput}. */
public final class PostgresSource implements SourceSystem {

    private final Clock clock;

    public PostgresSource(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SourceReady prepare(Config source, boolean ownsPublication) {
        TableFilter filter = TableFilter.of(source);
        return Work.at(Address.ofSource(source), session -> {
            List<Table> all = Tables.all(session);
            boolean changes = followsChanges(source);
            boolean viaRoot = viaRoot(source);
            List<LeftOut> leftOut = new ArrayList<>();
            SortedSet<TableName> out = new TreeSet<>();
            SortedSet<TableName> kept = new TreeSet<>();
            for (Table table : Tables.taken(all, filter)) {
                String obstacle = table.obstacle(changes, viaRoot);
                (obstacle == null ? kept : out).add(table.name());
                if (obstacle != null) {
                    leftOut.add(new LeftOut(table.name().toString(), obstacle));
                }
            }
            if (kept.isEmpty() && !out.isEmpty() && !filter.takesAll()) {
                throw new SystemException(Kind.REFUSED, "no table is left to copy: " + leftOut);
            }
            Published published = !changes
                    ? new Published(new TreeSet<>(), true)
                    : publish(publication(session, source), ownsPublication, filter.takesAll() && all(all), kept);
            Map<String, String> settings = new TreeMap<>(filter.without(out, kept));
            if (changes && copiesReadOnly(session)) {
                settings.put("read.only", "true");
            }
            return new SourceReady(
                    settings,
                    leftOut,
                    published.late().stream().map(TableName::toString).toList(),
                    published.newTables());
        });
    }

    /**
     * Whether Debezium can copy a table beside the changes without writing to the database: it asks for the current snapshot by a
     * function of PostgreSQL 13, and for a transaction of its own, which a standby does not give.
     */
    private static boolean copiesReadOnly(Session session) throws SQLException {
        return session.first(
                "select current_setting('server_version_num')::int >= 130000 and not pg_is_in_recovery()",
                row -> row.getBoolean(1));
    }

    @Override
    public Optional<String> obstacle(Config source, TableName name) {
        boolean taken = TableFilter.of(source).takes(name.schema(), name.table());
        return Work.at(Address.ofSource(source), session -> {
            Table table = Tables.all(session).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (table == null) {
                return Optional.of("there is no such table");
            }
            String obstacle = table.obstacle(true, viaRoot(source));
            if (obstacle == null && !taken) {
                obstacle = "it is left out by the catalog";
            }
            return Optional.ofNullable(obstacle);
        });
    }

    private static Publication publication(Session session, Config source) {
        String name = source.get("publication.name");
        if (name == null) {
            throw new SystemException(Kind.REFUSED, "publication.name is missing");
        }
        return new Publication(session, name, viaRoot(source));
    }

    private record Published(SortedSet<TableName> late, boolean newTables) {}

    private static Published publish(Publication publication, boolean ours, boolean all, SortedSet<TableName> kept)
            throws SQLException {
        if (!ours) {
            if (!publication.exists()) {
                throw new SystemException(Kind.REFUSED, "the publication that is named does not exist; create it");
            }
            return new Published(new TreeSet<>(), true);
        }
        if (all) {
            try {
                publication.ensureAll();
                return new Published(new TreeSet<>(), true);
            } catch (SQLException e) {
                if (!Trouble.is(e, Trouble.NOT_ALLOWED)) {
                    throw e;
                }
                // Only a superuser may; of his own tables everybody may.
            }
        }
        return new Published(publication.ensure(kept), false);
    }

    /** Whether none of its tables could no longer be written to if it was published: that of an other application, too. */
    private static boolean all(List<Table> tables) {
        return tables.stream()
                .filter(table -> !table.root() && !table.unlogged())
                .allMatch(Table::canBePublished);
    }

    @Override
    public Map<String, String> fit(Config source) {
        return Map.of();
    }

    @Override
    public Set<String> schemas(Config source) {
        TableFilter filter = TableFilter.of(source);
        return Work.at(
                Address.ofSource(source),
                session -> Tables.taken(Tables.all(session), filter).stream()
                        .map(table -> table.name().schema())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public void dropSlot(Config source) {
        String slot = source.get("slot.name");
        if (slot != null) {
            Work.at(Address.ofSource(source), session -> {
                Slot.drop(session, slot);
                return null;
            });
        }
    }

    @Override
    public void dropPublication(Config source) {
        if (source.get("publication.name") != null) {
            Work.at(Address.ofSource(source), session -> {
                publication(session, source).drop();
                return null;
            });
        }
    }

    @Override
    public Catalog catalog(Config source) {
        Address address = Address.ofSource(source);
        return Work.at(address, session -> {
            boolean viaRoot = viaRoot(source);
            Map<TableName, List<Column>> columns = Columns.all(session);
            Map<String, List<Catalog.Table>> schemas = new TreeMap<>();
            for (Table table : Tables.all(session)) {
                if (viaRoot ? !table.partition() : !table.root()) {
                    schemas.computeIfAbsent(table.name().schema(), schema -> new ArrayList<>())
                            .add(new Catalog.Table(
                                    table.name().table(), columns.getOrDefault(table.name(), List.of())));
                }
            }
            return new Catalog(
                    address.database(),
                    schemas.entrySet().stream()
                            .map(each -> new Catalog.Schema(each.getKey(), each.getValue()))
                            .toList());
        });
    }

    @Override
    public List<Check> check(Config source) {
        return new SourceChecks(clock, source).run();
    }

    /** A copy that ends needs neither slot nor publication. */
    static boolean followsChanges(Config source) {
        return !"initial_only".equals(source.get("snapshot.mode"));
    }

    static boolean viaRoot(Config source) {
        return Boolean.parseBoolean(source.get("publish.via.partition.root"));
    }
}
