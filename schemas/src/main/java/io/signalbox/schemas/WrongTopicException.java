package io.signalbox.schemas;

import java.util.List;

/** Topics exist, but not with the settings that the promises rest on. Nothing is changed: the operator decides. */
public final class WrongTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongTopicException(List<String> wrong) {
        super(String.join("; ", wrong) + ". Change the topic, or use another topic.prefix");
    }
}
