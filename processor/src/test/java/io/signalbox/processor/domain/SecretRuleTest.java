package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "connection.password",
                "database.Password",
                "ssl.key.password",
                "producer.override.sasl.jaas.config",
                "aws.secret.access.key",
                "aws_access_key_id",
                "api-key",
                "apiKey",
                "oauth.token",
                "gcs.credentials.json",
                "ssl.private.key",
                "snowflake.private.key.passphrase",
                "value.converter.basic.auth.user.info",
                "azure.account.key"
            })
    void a_name_is_enough(String name) {
        assertThat(SecretRule.secret(name, "hunter2")).isTrue();
    }

    @Test
    void thousands_of_references_are_references() {
        String all = "${file:/etc/x:y}".repeat(20_000);
        assertThat(SecretRule.secret("password", all)).isFalse();
        assertThat(SecretRule.secret("password", all + "x")).isTrue();
        assertThat(SecretRule.secret("password", "x" + all)).isTrue();
        assertThat(SecretRule.secret("password", all + "${")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic|hunter2",
                "key.converter|org.apache.kafka.connect.storage.StringConverter",
                "password.required|true",
                "connection.password|${file:/etc/connect.properties:password}",
                "connection.password|${env:USER}${secretsManager:prod:db}",
                "connection.url|jdbc:postgresql://db:5432/orders?user=me",
                "name|token",
                "connector.class|com.example.TokenSource",
                "topics|tokens"
            })
    void what_hides_nothing_stays(String name, String value) {
        assertThat(SecretRule.secret(name, value, Set.of("topics"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection.uri|mongodb://me:hunter2@db/orders",
                "connection.url|jdbc:postgresql://db/orders?user=me&password=hunter2",
                "sasl.jaas.config|Login required password=\"${file:/etc/connect.properties:password}\";",
                "connection.password|${file:/etc/a:b}x",
            })
    void a_reference_beside_other_text_or_a_user_in_a_url_is_one(String name, String value) {
        assertThat(SecretRule.secret(name, value)).isTrue();
    }

    @Test
    void what_a_plugin_defines_as_a_password_is_one_whatever_its_name() {
        assertThat(SecretRule.secret("pin", "1234")).isFalse();
        assertThat(SecretRule.secret("pin", "1234", Set.of("pin"))).isTrue();
        assertThat(SecretRule.secret("pin", "true", Set.of("pin"))).isTrue();
        assertThat(SecretRule.secret("pin", "", Set.of("pin"))).isFalse();
        assertThat(SecretRule.secret("pin", null, Set.of("pin"))).isFalse();
        assertThat(SecretRule.secret("pin", "${file:/a:b}", Set.of("pin"))).isFalse();
    }
}
