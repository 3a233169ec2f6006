package io.signalbox.api.dialect.redpanda;

/** The versions of the API that are served; they have the same operations. */
public enum Version {
    V1("/v1/"),
    V1_ALPHA_2("/v1alpha2/");

    private final String prefix;

    Version(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
