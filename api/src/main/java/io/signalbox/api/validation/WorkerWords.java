package io.signalbox.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.query.DataPlane;
import java.util.regex.Pattern;

/** What a worker says when it refuses, made fit for callers. */
public final class WorkerWords {

    private static final Pattern EXCEPTION_CLASS =
            Pattern.compile("^(?:(?:[a-zA-Z_$][\\w$]*\\.)+[\\w$]*(?:Exception|Error):\\s*)+");

    private WorkerWords() {}

    /** @return its message without the exception classes that it may begin with; never null */
    public static String message(DataPlane.Reply reply) {
        JsonNode message = reply.body() == null ? null : reply.body().get("message");
        return message == null || !message.isTextual()
                ? withoutWords(reply.status())
                : EXCEPTION_CLASS.matcher(message.textValue()).replaceFirst("");
    }

    private static String withoutWords(int status) {
        String said = "The worker answered " + status;
        return status == 400 ? said + " without a word: a worker cannot address every name" : said;
    }
}
