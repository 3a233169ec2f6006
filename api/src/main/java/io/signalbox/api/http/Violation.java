package io.signalbox.api.http;

/**
 * One thing that is wrong with a request, for dialects that tell such things apart.
 *
 * @param field its path in the body, or the name of the parameter
 * @param description for people
 */
public record Violation(String field, String description) {}
