package io.signalbox.api.validation;

import io.signalbox.processor.domain.ConnectorType;
import java.util.List;
import java.util.Set;

/** What is known of a config before it is accepted. */
public sealed interface Verdict {

    /**
     * The cluster found nothing wrong.
     *
     * @param passwords the settings that the plugins define to be of type PASSWORD
     */
    record Valid(ConnectorType type, Set<String> passwords) implements Verdict {}

    /**
     * @param errors in the cluster's words, one for each mistake, in its order; they may quote secrets
     * @param passwords as for {@link Valid}
     * @param resolved values of secret settings as the cluster sees them, without references
     */
    record Invalid(List<String> errors, Set<String> passwords, Set<String> resolved) implements Verdict {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** The cluster would not even look at it: it does not know the class, for instance. Its words may quote secrets. */
    record Refused(String message) implements Verdict {}

    /** The cluster was not asked, or could not answer. */
    record Unchecked(String why) implements Verdict {}
}
