package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import java.io.IOException;
import java.security.SecureRandom;

/** A new pair of keys, which nobody keeps. */
final class SshKeysResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final SecureRandom random;

    SshKeysResource(SupermetalBase base, PipelineLookup lookup, SecureRandom random) {
        this.base = base;
        this.lookup = lookup;
        this.random = random;
    }

    void routes(Routes routes) {
        routes.post(base.template("/api/v1/ssh-keys"), base.withinCluster(Role.EDITOR), this::generate);
    }

    private void generate(Context ctx) throws IOException {
        lookup.cluster(ctx);
        var keys = SshKeys.generate(random);
        Answer.json(ctx, 200, json -> {
            json.writeStartObject();
            json.writeStringField("private_key", keys.privateKey());
            json.writeStringField("public_key", keys.publicKey());
            json.writeEndObject();
        });
    }
}
