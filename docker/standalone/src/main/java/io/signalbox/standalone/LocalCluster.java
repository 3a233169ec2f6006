package io.signalbox.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The standalone's worker as cluster {@code local} of environment {@code default}.
 *
 * @param key by which Signalbox is asked; null where nobody has to say who he is
 */
record LocalCluster(String signalboxUrl, String workerUrl, AdminKey key) {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns when Signalbox knows the worker and its API answers for it.
     *
     * @param policies as in the body of the registration; what is not in it is as by default
     */
    void register(Map<String, Object> policies) {
        String url = signalboxUrl + "/signalbox/v1/environments/default/clusters/local";
        await("registering the worker", () -> {
            HttpResponse<String> answer = Http.put(
                    url, JSON.writeValueAsString(Map.of("workers", List.of(workerUrl), "policies", policies)), key);
            if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
                throw new StandaloneException("PUT %s answered %d: %s; this is a defect, please report it"
                        .formatted(url, answer.statusCode(), answer.body()));
            }
            return answer.statusCode() < 300;
        });
        await(
                "Signalbox to reach the worker",
                () -> Http.get(signalboxUrl + "/connector-plugins", key).statusCode() == 200);
    }

    static void await(String what, ChildProcess.Probe probe) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!answered(probe)) {
                if (System.nanoTime() > deadline) {
                    throw new StandaloneException(
                            "%s took more than %d s; see the log of Signalbox".formatted(what, LIMIT.toSeconds()));
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while " + what, e);
        }
    }

    private static boolean answered(ChildProcess.Probe probe) throws InterruptedException {
        try {
            return probe.ready();
        } catch (IOException notYet) {
            return false;
        }
    }
}
