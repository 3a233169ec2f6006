package io.signalbox.api.dialect.confluent;

import io.signalbox.processor.domain.Mask;

/** How a secret is shown here: by sixteen asterisks, as the documents do. Clients know a secret by two of them at least. */
final class Asterisks {

    static final String TEXT = "*".repeat(16);

    private Asterisks() {}

    /** @param shown a value of a config as it is shown elsewhere */
    static String of(String shown) {
        return Mask.TEXT.equals(shown) ? TEXT : shown;
    }
}
