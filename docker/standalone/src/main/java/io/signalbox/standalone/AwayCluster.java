package io.signalbox.standalone;

import java.io.IOException;

/**
 * A cluster whose worker was there once and is not any more, as one that is restarted: what its plugins take is known, and nothing
 * reaches it.
 *
 * @param signalboxUrl where nobody has to say who he is
 * @param path of the cluster, below the URL
 * @param workerUrl of the worker that is there at first
 */
record AwayCluster(String signalboxUrl, String path, String workerUrl) {

    private static final String NOBODY = "http://127.0.0.1:1";
    private static final String PROBE = "away-probe";

    /**
     * Returns when the worker has nothing of it any more.
     *
     * @param config of a connector whose plugin's settings are to be known
     */
    void register(String config) throws IOException, InterruptedException {
        put(workerUrl);
        String probe = "{\"name\":\"%s\",\"initial_state\":\"STOPPED\",\"config\":%s}".formatted(PROBE, config);
        LocalCluster.await("Signalbox to learn what a plugin takes", () -> {
            int status = Http.post(signalboxUrl + path + "/connectors?validate=deferred", probe)
                    .statusCode();
            return status == 201 || status == 409;
        });
        LocalCluster.await("the worker to have the probe", () -> Http.ok(workerUrl + "/connectors/" + PROBE));
        Http.delete(signalboxUrl + path + "/connectors/" + PROBE);
        LocalCluster.await(
                "the worker to be rid of the probe",
                () -> Http.get(workerUrl + "/connectors/" + PROBE).statusCode() == 404);
        put(NOBODY);
    }

    private void put(String worker) throws IOException, InterruptedException {
        String spec = "{\"workers\":[\"%s\"],\"policies\":{\"poll_interval_ms\":60000}}".formatted(worker);
        var answer = Http.put(signalboxUrl + "/signalbox/v1" + path, spec);
        if (answer.statusCode() >= 300) {
            throw new IOException("Registering " + path + " was answered " + answer.statusCode());
        }
    }
}
