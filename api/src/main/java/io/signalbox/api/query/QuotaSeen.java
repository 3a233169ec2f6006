package io.signalbox.api.query;

import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Quota;

/**
 * The quota of an environment, and what of it is used.
 *
 * @param used with what is promised to creations under way; null until it is counted, which takes milliseconds
 */
public record QuotaSeen(Quota quota, Places used) {}
