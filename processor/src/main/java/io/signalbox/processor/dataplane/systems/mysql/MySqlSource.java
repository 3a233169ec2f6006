package io.signalbox.processor.dataplane.systems.mysql;

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
import io.signalbox.processor.dataplane.systems.mysql.Tables.Table;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * MySQL, or MariaDB, as Debezium's connectors capture it: by the binary log. Nothing is made at the server, and nothing stays there.
 */
public final class MySqlSource implements SourceSystem {

    /** Of everything that there is; as information_schema calls it, which has no other name for it. */
    private static final String ALL_DATABASES = "def";

    private final Clock clock;

    public MySqlSource(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SourceReady prepare(Config source, boolean ownsPublication) {
        Address address = Address.of(source);
        TableFilter filter = filter(source);
        return Work.at(address, session -> {
            requireLog(session);
            List<LeftOut> leftOut = new ArrayList<>();
            SortedSet<TableName> out = new TreeSet<>();
            SortedSet<TableName> kept = new TreeSet<>();
            for (Table table : Tables.taken(Tables.all(session), filter)) {
                (table.obstacle() == null ? kept : out).add(table.name());
                if (table.obstacle() != null) {
                    leftOut.add(new LeftOut(table.name().toString(), table.obstacle()));
                }
            }
            if (kept.isEmpty() && !out.isEmpty() && !filter.takesAll()) {
                throw new SystemException(Kind.REFUSED, "no table is left to copy: " + leftOut);
            }
            Map<String, String> settings = new TreeMap<>(Flavour.settings(session, address, source));
            settings.putAll(filter.without(out, kept));
            boolean namesTables = source.get("table.include.list") != null;
            return new SourceReady(settings, leftOut, List.of(), !namesTables);
        });
    }

    private static void requireLog(Session session) throws SQLException {
        Map<String, String> settings = BinaryLog.settings(session);
        for (BinaryLog setting : BinaryLog.values()) {
            Optional<String> wrong = setting.wrong(settings);
            if (wrong.isPresent()) {
                throw new SystemException(Kind.REFUSED, "its changes cannot be followed: " + wrong.get());
            }
        }
    }

    @Override
    public Map<String, String> fit(Config source) {
        Address address = Address.of(source);
        return Work.at(address, session -> Flavour.settings(session, address, source));
    }

    @Override
    public Set<String> schemas(Config source) {
        TableFilter filter = filter(source);
        return Work.at(
                Address.of(source),
                session -> Tables.taken(Tables.all(session), filter).stream()
                        .map(table -> table.name().schema())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public void dropSlot(Config source) {
        // There is none: the server keeps its log for as long as it is told to, for nobody in particular.
    }

    @Override
    public void dropPublication(Config source) {
        // There is none.
    }

    @Override
    public Catalog catalog(Config source) {
        String database = database(source);
        Predicate<TableName> visible = name -> database == null || name.schema().equals(database);
        return Work.at(Address.of(source), session -> {
            Map<TableName, List<Column>> columns = Columns.all(session);
            Map<String, List<Catalog.Table>> schemas = new TreeMap<>();
            for (Table table : Tables.all(session)) {
                if (visible.test(table.name())) {
                    schemas.computeIfAbsent(table.name().schema(), schema -> new ArrayList<>())
                            .add(new Catalog.Table(
                                    table.name().table(), columns.getOrDefault(table.name(), List.of())));
                }
            }
            return new Catalog(
                    database == null ? ALL_DATABASES : database,
                    schemas.entrySet().stream()
                            .map(each -> new Catalog.Schema(each.getKey(), each.getValue()))
                            .toList());
        });
    }

    @Override
    public List<Check> check(Config source) {
        return new SourceChecks(clock, source).run();
    }

    static TableFilter filter(Config source) {
        return TableFilter.ofDatabases(source);
    }

    /** @return the one that the config names, of which the pattern matches nothing else; null for none, or for several */
    private static String database(Config source) {
        String pattern = source.get("database.include.list");
        String name = pattern == null ? "" : pattern.strip().replaceAll("\\\\([^A-Za-z0-9])", "$1");
        return name.isEmpty() || !pattern.strip().equals(TableFilter.escaped(name)) ? null : name;
    }
}
