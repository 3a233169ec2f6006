package io.signalbox.api.query;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.HistoryEntry;

/**
 * A connector as it was desired at a {@link Moment}.
 *
 * @param entry the last event up to then, and what was desired from it on; null when only the config is known, because it is
 *     from before histories were kept
 * @param config as it was then; null when there was none that is known
 */
public record Then(HistoryEntry entry, ConfigVersion config) {}
