package io.signalbox.processor.domain;

/** What a command is about: a connector, a whole cluster or an access key. Its text form is the key of every record about it. */
public sealed interface AggregateKey permits AccessKeyId, ClusterKey, ConnectorKey {

    /** @return null for what is of no environment */
    String environment();

    /** @return null for what is of no cluster */
    String cluster();

    /**
     * Reads {@code environment/cluster}, {@code environment/cluster/connector} or {@code @access/id}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static AggregateKey parse(String text) {
        String[] parts = text.split("/", 3);
        return switch (parts.length) {
            case 2 ->
                parts[0].equals(AccessKeyId.SPACE) ? new AccessKeyId(parts[1]) : new ClusterKey(parts[0], parts[1]);
            case 3 -> new ConnectorKey(parts[0], parts[1], parts[2]);
            default -> throw new IllegalArgumentException("Not environment/cluster or environment/cluster/connector");
        };
    }
}
