package io.signalbox.processor.domain;

/**
 * A command that follows from another and goes to another partition. It may come late, twice or, after a crash, not at all:
 * whoever takes it knows it again, and whoever needs an answer asks again.
 *
 * @param partition of the command topic; null for that of its key
 */
public record FollowUp(CommandEnvelope envelope, Integer partition) {

    /** Who is behind these commands, and nobody else. */
    private static final String ACTOR = "quota";

    static FollowUp toKey(String id, AggregateKey key, Command.OfPlaces command) {
        return new FollowUp(new CommandEnvelope(id, key, ACTOR, command), null);
    }

    static FollowUp toPartition(int partition, String id, AggregateKey key, Command.OfPlaces command) {
        return new FollowUp(new CommandEnvelope(id, key, ACTOR, command), partition);
    }

    /** Has one partition count. */
    public static FollowUp count(QuotaKey key, int partition, long number, boolean guarded) {
        return toPartition(partition, "count-" + number, key, new Command.CountPlaces(number, guarded));
    }

    /** What one partition has to say. */
    public static FollowUp report(QuotaKey key, Command.ReportPlaces report) {
        return toKey("places-" + report.partition() + "-" + report.offset(), key, report);
    }

    /** @param refusal null when the places are reserved */
    public static FollowUp answer(PlaceRequest request, String refusal) {
        return toKey(request.commandId(), request.connector(), new Command.DecidePlaces(request.asked(), refusal));
    }
}
