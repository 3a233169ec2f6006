package io.signalbox.api.live;

/** What happens, as it happens, and everything that has happened: the lifecycle topic as streams for readers without Kafka. */
public interface LiveEvents {

    /**
     * From now on.
     *
     * @throws io.signalbox.api.http.Refusal 503 when there are too many streams, or the topic cannot be read yet
     */
    LiveStream fromNow(EventFilter filter);

    /**
     * From the first event that there ever was.
     *
     * @throws io.signalbox.api.http.Refusal as {@link #fromNow}
     */
    LiveStream fromBeginning(EventFilter filter);

    /**
     * Goes on where another stream was, of whichever replica.
     *
     * @param position as {@link LiveStream#position()} gave it
     * @throws io.signalbox.api.http.Refusal 400 when no stream of this log can have been there; else as {@link #fromNow}
     */
    LiveStream after(String position, EventFilter filter);
}
