package io.signalbox.processor.domain;

import java.util.Map;

/**
 * A command that waits for places of its environment, as it stood in the log. Nothing has happened yet; it is decided when the
 * answer is there.
 *
 * @param command which kind of command it is
 * @param asked the offset at which it was found to need them; what was answered to an earlier one is of no interest
 * @param wanted what it needs beyond what is there
 * @param headers of its record
 * @param value of its record, in base64
 */
public record HeldCommand(
        ConnectorKey key,
        String commandId,
        String command,
        String actor,
        long asked,
        Places wanted,
        Map<String, String> headers,
        String value) {

    public HeldCommand {
        headers = Map.copyOf(headers);
    }

    /** Whether who sends this may be told what becomes of it: as with {@link CommandOutcome#answers}. */
    public boolean is(CommandEnvelope again) {
        return CommandOutcome.same(command, actor, again);
    }

    /** The same, which was found to need something else meanwhile. */
    public HeldCommand again(long at, Places needed) {
        return new HeldCommand(key, commandId, command, actor, at, needed, headers, value);
    }

    public FollowUp request() {
        return FollowUp.toKey(
                commandId, new QuotaKey(key.environment()), new Command.RequestPlaces(key, asked, wanted));
    }

    /** Its config is nobody's business. */
    @Override
    public String toString() {
        return "HeldCommand[" + key + " " + commandId + " " + command + " " + wanted + "]";
    }
}
