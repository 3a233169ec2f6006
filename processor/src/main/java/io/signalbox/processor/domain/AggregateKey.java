package io.signalbox.processor.domain;

/**
 * What a command is about: a connector, a whole cluster, an access key, a stored secret, a quota or a pipeline. Its text form is
 * the key of every record about it.
 */
public sealed interface AggregateKey permits AccessKeyId, ClusterKey, ConnectorKey, PipelineKey, QuotaKey, SecretId {

    /** @return null for what is of no environment */
    String environment();

    /** @return null for what is of no cluster */
    String cluster();

    /**
     * Reads {@code environment/cluster}, {@code environment/cluster/connector}, {@code @access/id},
     * {@code @secret/environment/cluster/id}, {@code @quota/environment} or {@code @pipeline/environment/cluster/id}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static AggregateKey parse(String text) {
        String[] parts = text.split("/", 3);
        return switch (parts.length) {
            case 2 -> ofTwo(parts[0], parts[1]);
            case 3 -> ofThree(parts[0], parts[1], parts[2]);
            default -> throw new IllegalArgumentException("Not environment/cluster or environment/cluster/connector");
        };
    }

    private static AggregateKey ofTwo(String first, String second) {
        return switch (first) {
            case AccessKeyId.SPACE -> new AccessKeyId(second);
            case QuotaKey.SPACE -> new QuotaKey(second);
            default -> new ClusterKey(first, second);
        };
    }

    private static AggregateKey ofThree(String first, String second, String rest) {
        return switch (first) {
            case PipelineKey.SPACE -> PipelineKey.parse(second, rest);
            case SecretId.SPACE -> SecretId.parse(second, rest);
            default -> new ConnectorKey(first, second, rest);
        };
    }
}
