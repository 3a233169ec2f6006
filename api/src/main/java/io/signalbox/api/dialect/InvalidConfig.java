package io.signalbox.api.dialect;

import io.signalbox.api.http.Refusal;
import java.util.List;

/** Kafka Connect's message for a config with mistakes. */
public final class InvalidConfig {

    private InvalidConfig() {}

    public static Refusal refusal(List<String> errors) {
        var message = new StringBuilder("Connector configuration is invalid and contains the following ")
                .append(errors.size())
                .append(" error(s):");
        errors.forEach(error -> message.append('\n').append(error));
        message.append("\nYou can also find the above list of errors at the endpoint "
                + "`/connector-plugins/{connectorType}/config/validate`");
        return Refusal.bad(message.toString());
    }
}
