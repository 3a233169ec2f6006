package io.signalbox.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

    private static final Place ENVIRONMENT = new Place("prod", null, null);
    private static final Place CLUSTER = new Place("prod", "orders", null);

    @ParameterizedTest
    @ValueSource(
            strings = {"viewer", "operator:prod", "editor:prod/orders", "admin:prod/orders/team-*", "viewer:p/c/a/b:c *"
            })
    void a_grant_is_its_text(String text) {
        assertThat(Grant.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root",
                "Viewer",
                "viewer:",
                "viewer:/",
                "viewer:prod/",
                "viewer:prod/orders/",
                "viewer:prod/orders/x",
                "viewer:prod/orders/*",
                "viewer:../x",
                "viewer prod",
                "viewer:prod/orders/a\n*",
                "*",
                "viewer:*"
            })
    void what_is_none_is_refused_with_what_to_write(String text) {
        assertThatThrownBy(() -> Grant.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Illegal grant: ")
                .hasMessageContaining("editor:prod/orders/team-*");
    }

    @ParameterizedTest
    @CsvSource({
        "viewer,true,true,true,true",
        "viewer:prod,false,true,true,true",
        "viewer:prod/orders,false,false,true,true",
        "viewer:prod/orders/team-*,false,false,false,true",
        "viewer:prod/orders/x-*,false,false,false,false",
        "viewer:prod/other,false,false,false,false",
        "viewer:other,false,false,false,false",
        "viewer:pro,false,false,false,false"
    })
    void a_grant_covers_what_is_below_it(
            String text, boolean everything, boolean environment, boolean cluster, boolean connector) {
        var grants = Grants.parse(text);
        assertThat(grants.may(Role.VIEWER, Place.EVERYWHERE)).isEqualTo(everything);
        assertThat(grants.may(Role.VIEWER, ENVIRONMENT)).isEqualTo(environment);
        assertThat(grants.may(Role.VIEWER, CLUSTER)).isEqualTo(cluster);
        assertThat(grants.may(Role.VIEWER, new Place("prod", "orders", "team-a")))
                .isEqualTo(connector);
        assertThat(grants.may(Role.OPERATOR, new Place("prod", "orders", "team-a")))
                .isFalse();
    }

    @Test
    void grants_do_not_add_up() {
        var grants = Grants.parse("viewer, admin:prod/orders/team-* editor:lab");
        assertThat(grants.may(Role.EDITOR, CLUSTER)).isFalse();
        assertThat(grants.maySomewhere(Role.ADMIN, CLUSTER)).isTrue();
        assertThat(grants.maySomewhere(Role.ADMIN, new Place("lab", "blue", null)))
                .isFalse();
        assertThat(grants.may(Role.EDITOR, new Place("lab", "blue", "any"))).isTrue();
    }

    @Test
    void nobody_may_anything() {
        assertThat(Grants.NONE.maySomewhere(Role.VIEWER, Place.EVERYWHERE)).isFalse();
        assertThat(Grants.NONE.may(Role.VIEWER, CLUSTER)).isFalse();
    }
}
