package io.signalbox.api.dialect.kafkaconnect;

import static io.signalbox.api.http.Fixture.LOCAL;
import static io.signalbox.api.http.Fixture.SEALER;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Guarded;
import io.signalbox.processor.domain.ClusterSpec.InReads;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are masked for all but who may see them, asks for them and is told of in the log. */
class RevealTest {

    private static final ConnectorKey ORDERS = LOCAL.connector("orders");
    private static final Policies SHOW = new Policies(1000, 4, true, Unmanaged.ADOPT, OnDrift.HEAL, InReads.SHOW);

    private final Fixture f = Guarded.fixture(null);

    @BeforeEach
    void create() {
        f.register(LOCAL, Policies.DEFAULT);
        put(SEALER);
    }

    @AfterEach
    void close() {
        f.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors/orders/config", "/connectors/orders"})
    void an_admin_of_the_place_sees_them_when_he_asks(String path) {
        var admin = Guarded.newKey(f, "viewer", "admin:default/local/ord*");
        var shown = Guarded.as(f, admin, "GET", path + "?secrets=show", null);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).contains("\"pin\":\"1234-5678\"");
        assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
        assertThat(shown.header("ETag")).isNull();
        assertThat(Guarded.as(f, admin, "GET", path, null).body())
                .contains("\"pin\":\"********\"")
                .doesNotContain("1234-5678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "editor", "admin:default/other", "admin:default/local/x*"})
    void nobody_else_does(String grant) {
        var key = Guarded.newKey(f, "viewer", grant);
        var refused = Guarded.as(f, key, "GET", "/connectors/orders/config?secrets=show", null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("admin on default/local/orders");
        assertThat(Guarded.as(f, key, "GET", "/connectors/orders?secrets=true", null)
                        .body())
                .contains("********");
    }

    @Test
    void a_cluster_that_shows_them_shows_them_to_who_may_read_while_it_is_registered() {
        var viewer = Guarded.newKey(f, "viewer");
        f.register(LOCAL, SHOW);
        for (String path :
                new String[] {"/connectors/orders", "/connectors/orders?secrets=show", "/connectors?expand=info"}) {
            assertThat(Guarded.as(f, viewer, "GET", path, null).body()).contains("1234-5678");
        }
        f.log.tell(LOCAL, new Command.DeregisterCluster());
        assertThat(Guarded.as(f, viewer, "GET", "/connectors/orders/config", null)
                        .body())
                .contains("********")
                .doesNotContain("1234-5678");
    }

    @Test
    void a_lost_key_is_named() {
        var lost = KeySets.fresh();
        put(lost);
        var answer = f.send("GET", "/connectors/orders/config?secrets=show", null, "Authorization", Guarded.ADMIN);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).contains("\"pin\"", "key " + lost.primaryKeyId());
    }

    private void put(Sealer sealer) {
        var config = Config.of(
                Map.of("name", "orders", "connector.class", "X", "pin", sealer.seal(ORDERS, "pin", "1234-5678")));
        f.log.tell(ORDERS, new Command.PutConfig(config, ConnectorType.SOURCE, true));
    }
}
