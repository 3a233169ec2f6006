package io.signalbox.processor.topology;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaDecider;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.List;

/** The limits of environments. They have no table topic: who reads them wants to know what is taken, too, and asks the store. */
final class QuotaAggregate implements Aggregate<Quota> {

    private final QuotaStore quotas;

    QuotaAggregate(QuotaStore quotas) {
        this.quotas = quotas;
    }

    @Override
    public Quota load(String key) {
        return quotas.quota((QuotaKey) AggregateKey.parse(key));
    }

    @Override
    public long revision(Quota now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(Quota now, CommandEnvelope envelope, Instant at) {
        return QuotaDecider.decide(now, envelope, (Command.OfQuota) envelope.command());
    }

    @Override
    public Quota fold(Quota now, RecordedEvent recorded) {
        return QuotaDecider.fold(now, recorded, (Event.OfQuota) recorded.event());
    }

    @Override
    public void save(String key, Quota before, Quota after, List<RecordedEvent> events) {
        quotas.put(after);
    }

    @Override
    public byte[] snapshot(Quota after) {
        return null;
    }

    @Override
    public String table() {
        return null;
    }

    @Override
    public CommandOutcome outcome(CommandOutcome blank, Quota after) {
        return blank;
    }
}
