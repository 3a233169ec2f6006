package io.signalbox.api.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bodies that are JSON, and not what a route takes. For tests. */
final class WrongBodies {

    private static final String LONG = "n".repeat(10_000);

    private static final List<String> ANYWHERE =
            List.of("5", "1.5", "\"x\"", "true", "[]", "[{}]", "[[]]", "null", "-0", "1e400", "[null]");

    private static final List<String> CONFIGS = List.of(
            "{\"connector.class\":\"X\",\"a\":{}}",
            "{\"connector.class\":\"X\",\"a\":[1]}",
            "{\"connector.class\":[\"X\"]}",
            "{\"connector.class\":null}",
            "{\"connector.class\":{}}");

    private static final Map<String, List<String>> TYPES = Map.of(
            "POST /connectors",
            List.of(
                    "{\"name\":{},\"config\":{\"connector.class\":\"X\"}}",
                    "{\"name\":[],\"config\":{\"connector.class\":\"X\"}}",
                    "{\"name\":\"n\",\"config\":[]}",
                    "{\"name\":\"n\",\"config\":\"x\"}",
                    "{\"name\":\"n\",\"config\":5}",
                    "{\"name\":\"n\",\"config\":null}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":[]}}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"initial_state\":{}}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"initial_state\":5}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"offsets\":5}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"offsets\":[5]}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"offsets\":[{\"partition\":5}]}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"more\":5}"),
            "PATCH /connectors/{connector}/offsets",
            List.of(
                    "{}",
                    "{\"offsets\":{}}",
                    "{\"offsets\":[]}",
                    "{\"offsets\":null}",
                    "{\"offsets\":[5]}",
                    "{\"offset\":[]}",
                    "{\"offsets\":[{\"partition\":[],\"offset\":{}}]}",
                    "{\"offsets\":[{\"partition\":{},\"offset\":\"x\"}]}",
                    "{\"offsets\":[{\"a\":1}]}"),
            "PUT /admin/loggers/{logger}",
            List.of("{}", "{\"level\":{}}", "{\"level\":[]}", "{\"level\":null}", "{\"level\":\"\"}"),
            "PUT /signalbox/v1/environments/{env}/clusters/{cluster}",
            List.of(
                    "{}",
                    "{\"workers\":\"x\"}",
                    "{\"workers\":[]}",
                    "{\"workers\":[5]}",
                    "{\"workers\":[\"ftp://x\"]}",
                    "{\"workers\":[\"http://\\ud800\"]}",
                    "{\"workers\":[\"http://w:1\"],\"policies\":[]}",
                    "{\"workers\":[\"http://w:1\"],\"policies\":{\"drift\":5}}",
                    "{\"workers\":[\"http://w:1\"],\"policies\":{\"poll_interval_ms\":\"x\"}}",
                    "{\"workers\":[\"http://w:1\"],\"policies\":{\"poll_interval_ms\":1e9}}",
                    "{\"workers\":[\"http://w:1\"],\"username\":5}",
                    "{\"workers\":[\"http://w:1\"],\"username\":\"\\udc00\"}",
                    "{\"workers\":[\"http://w:1\"],\"username\":\"u\",\"password\":\"clear\"}",
                    "{\"workers\":[\"http://w:1\"],\"more\":5}"),
            "POST /signalbox/v1/access/keys",
            List.of(
                    "{}",
                    "{\"name\":5,\"grants\":[\"viewer\"]}",
                    "{\"name\":\"n\",\"grants\":{}}",
                    "{\"name\":\"n\",\"grants\":[]}",
                    "{\"name\":\"n\",\"grants\":[5]}",
                    "{\"name\":\"n\",\"grants\":[null]}",
                    "{\"name\":\"n\",\"grants\":[\"nonsense\"]}",
                    "{\"name\":\"n\",\"grants\":\"viewer\"}",
                    "{\"name\":\"n\",\"grants\":[\"viewer:a/b/\\ud800\"]}",
                    "{\"name\":\"n\",\"grants\":[\"viewer\"],\"more\":5}"),
            "POST /signalbox/v1/environments/{env}/clusters/{cluster}/connectors/{connector}/rollback",
            List.of(
                    "{}",
                    "{\"revision\":\"x\"}",
                    "{\"revision\":0}",
                    "{\"revision\":-1}",
                    "{\"revision\":1.5}",
                    "{\"revision\":1e400}",
                    "{\"revision\":99999999999999999999}",
                    "{\"revision\":null}",
                    "{\"revision\":[1]}",
                    "{\"revision\":1,\"more\":5}"),
            "POST /signalbox/v1/environments/{env}/clusters/{cluster}/connectors/{connector}/undelete",
            List.of(
                    "{\"offsets\":5}",
                    "{\"offsets\":\"x\"}",
                    "{\"offsets\":null}",
                    "{\"offsets\":{}}",
                    "{\"offsets\":[]}",
                    "{\"more\":1}"));

    private static final Map<String, List<String>> NAMES = Map.of(
            "POST /connectors",
            List.of(
                    create(""),
                    create("   "),
                    create(LONG),
                    create("n".repeat(256)),
                    create("a\\u0000b"),
                    create("a\\nb"),
                    create("\\u007f"),
                    create("\\ud800"),
                    "{\"config\":{\"connector.class\":\"X\"}}",
                    "{\"name\":null,\"config\":{\"connector.class\":\"X\"}}",
                    "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\",\"name\":\"m\"}}"),
            "PUT /connectors/{connector}/config",
            List.of(
                    "{\"connector.class\":\"X\",\"name\":\"\"}",
                    "{\"connector.class\":\"X\",\"name\":\"" + LONG + "\"}"),
            "PATCH /connectors/{connector}/config",
            List.of("{\"name\":\"\"}", "{\"name\":\"" + LONG + "\"}"),
            "POST /signalbox/v1/access/keys",
            List.of(
                    "{\"name\":\"\",\"grants\":[\"viewer\"]}",
                    "{\"name\":\"  \",\"grants\":[\"viewer\"]}",
                    "{\"name\":\"" + LONG + "\",\"grants\":[\"viewer\"]}",
                    "{\"name\":\"a\\nb\",\"grants\":[\"viewer\"]}",
                    "{\"name\":\"\\ud800\",\"grants\":[\"viewer\"]}",
                    "{\"name\":\"n\",\"grants\":[\"viewer:" + LONG + "\"]}",
                    "{\"name\":\"n\",\"grants\":[\"viewer:\"]}"));

    private WrongBodies() {}

    private static String create(String name) {
        return "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"X\"}}";
    }

    static List<String> types(Target target) {
        List<String> all = new ArrayList<>(ANYWHERE);
        if (target.body().startsWith("{\"connector.class\"")) {
            all.addAll(CONFIGS);
        }
        all.addAll(of(TYPES, target));
        return all;
    }

    /** Whether its body holds a name. */
    static boolean named(Target target) {
        return !of(NAMES, target).isEmpty();
    }

    static List<String> names(Target target) {
        return of(NAMES, target);
    }

    private static List<String> of(Map<String, List<String>> bodies, Target target) {
        return bodies.entrySet().stream()
                .filter(entry -> target.is(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }
}
