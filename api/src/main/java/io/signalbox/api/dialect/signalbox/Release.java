package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.ReleaseConnector;
import io.signalbox.processor.domain.ConnectorState;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Lets go of connectors, many at once: what is released is found again, and adopted, if its cluster stays for long. */
final class Release {

    private static final int AT_ONCE = 64;

    private final Submitter submitter;

    Release(Submitter submitter) {
        this.submitter = submitter;
    }

    /** Under ids that follow from the request's own; one that is gone meanwhile is released, too. */
    void all(Context ctx, List<ConnectorState> connectors) {
        String id = submitter.commandId(ctx);
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> released = connectors.stream()
                    .<Future<?>>map(connector -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return submitter.submitAside(
                                    ctx, connector.key(), new ReleaseConnector(), id + "~" + connector.uid());
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            for (Future<?> each : released) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(id);
        }
    }
}
