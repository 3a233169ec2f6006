package io.signalbox.api.validation;

import io.signalbox.processor.domain.ConnectorType;
import java.util.List;

/** What is known of a config before it is accepted. */
public sealed interface Verdict {

    /** The cluster found nothing wrong. */
    record Valid(ConnectorType type) implements Verdict {}

    /** @param errors in the cluster's words, one for each mistake, in its order */
    record Invalid(List<String> errors) implements Verdict {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** The cluster would not even look at it: it does not know the class, for instance. */
    record Refused(String message) implements Verdict {}

    /** The cluster was not asked, or could not answer. */
    record Unchecked(String why) implements Verdict {}
}
