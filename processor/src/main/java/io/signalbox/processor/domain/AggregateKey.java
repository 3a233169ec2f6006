package io.signalbox.processor.domain;

/** What a command is about: a connector or a whole cluster. Its text form is the key of every record about it. */
public sealed interface AggregateKey permits ClusterKey, ConnectorKey {

    String environment();

    String cluster();

    /**
     * Reads {@code environment/cluster} or {@code environment/cluster/connector}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static AggregateKey parse(String text) {
        String[] parts = text.split("/", 3);
        return switch (parts.length) {
            case 2 -> new ClusterKey(parts[0], parts[1]);
            case 3 -> new ConnectorKey(parts[0], parts[1], parts[2]);
            default -> throw new IllegalArgumentException("Not environment/cluster or environment/cluster/connector");
        };
    }
}
