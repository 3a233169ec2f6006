package io.signalbox.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every route of every dialect, asked in every way that is wrong: it says so in its own words, and nothing happens. */
class SeededBadInputTest {

    /** More of them are for a real replica. */
    private static final int INPUTS = 600;

    private static final List<Place> PLACES = List.of(
            new Place("default", "local", "there"),
            new Place("default", "local", "absent"),
            new Place("lab", "blue", "absent"),
            new Place("lab", "away", "absent"));

    @Test
    void whatever_is_wrong_is_refused_and_changes_nothing() throws IOException {
        try (var f = Fixture.withClusters()) {
            f.created("there");
            f.worker.answers(404, "{\"error_code\":404,\"message\":\"none\"}");
            int before = f.log.commands().size();
            var outcome =
                    Campaign.of(f.port(), Target.of(f.served()), PLACES, INPUTS).run();
            System.out.println("bad inputs: " + outcome);
            assertThat(outcome.problems()).as(outcome.toString()).isEmpty();
            assertThat(f.log.commands()).as("nothing was sent to the log").hasSize(before);
        }
    }
}
