package io.signalbox.processor.dataplane.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableFilterTest {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName ODD = new TableName("Sales 2", "a,b.c");

    @Test
    void without_a_list_all_is_taken_also_what_does_not_exist_yet() {
        var filter = filter(Map.of());
        assertThat(filter.takesAll()).isTrue();
        assertThat(filter.takes("any", "table")).isTrue();
    }

    @Test
    void an_expression_has_to_match_the_whole_name_in_any_case() {
        var filter = filter(Map.of("table.include.list", "public\\.orders, sales\\..*"));
        assertThat(filter.takesAll()).isFalse();
        assertThat(filter.takes("public", "orders")).isTrue();
        assertThat(filter.takes("public", "ORDERS")).isTrue();
        assertThat(filter.takes("sales", "x")).isTrue();
        assertThat(filter.takes("public", "orders_2")).isFalse();
        assertThat(filter.takes("publicXorders", "")).isFalse();
    }

    @Test
    void where_there_are_no_schemas_databases_are_what_tables_are_in() {
        var filter = TableFilter.ofDatabases(
                Config.of(Map.of("database.include.list", "shop", "schema.exclude.list", "shop")));
        assertThat(filter.takes("shop", "orders")).isTrue();
        assertThat(filter.takes("other", "orders")).isFalse();
        assertThat(filter.takesAll()).isFalse();
    }

    @Test
    void schemas_and_tables_have_to_agree() {
        var filter = filter(Map.of("schema.exclude.list", "audit", "table.exclude.list", "public\\.tmp_.*"));
        assertThat(filter.takes("audit", "log")).isFalse();
        assertThat(filter.takes("public", "tmp_1")).isFalse();
        assertThat(filter.takes("public", "log")).isTrue();
    }

    @Test
    void what_is_left_out_is_added_to_the_list_that_is_there() {
        assertThat(filter(Map.of()).without(List.of(), List.of(ORDERS))).isEmpty();
        assertThat(filter(Map.of()).without(List.of(ORDERS), List.of()))
                .containsExactly(Map.entry("table.exclude.list", "(?-i:public\\.orders)"));
        assertThat(filter(Map.of("table.exclude.list", "x.y")).without(List.of(ORDERS), List.of()))
                .containsExactly(Map.entry("table.exclude.list", "x.y,(?-i:public\\.orders)"));
        assertThat(filter(Map.of("table.include.list", ".*")).without(List.of(ORDERS), List.of(ODD)))
                .containsExactly(Map.entry("table.include.list", "(?-i:Sales\\ 2\\.a\\,b\\.c)"));
    }

    @Test
    void a_name_that_was_left_out_is_left_out_whatever_is_in_it_and_no_other() {
        var less = filter(filter(Map.of()).without(List.of(ODD, ORDERS), List.of()));
        assertThat(less.takes("Sales 2", "a,b.c")).isFalse();
        assertThat(less.takes("public", "orders")).isFalse();
        assertThat(less.takes("sales 2", "a,b.c")).isTrue();
        assertThat(less.takes("public", "Orders")).isTrue();
    }

    @Test
    void what_is_no_expression_is_refused_by_name() {
        assertThatThrownBy(() -> filter(Map.of("schema.include.list", "(")))
                .isInstanceOf(SystemException.class)
                .hasMessage("schema.include.list is no list of regular expressions: (");
    }

    private static TableFilter filter(Map<String, String> config) {
        return TableFilter.of(Config.of(config));
    }
}
