package io.signalbox.api;

import io.signalbox.api.http.CannotListenException;
import io.signalbox.processor.secrets.KeySetException;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.topology.FaultPoints;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: reads the settings, runs one replica until it is told to stop. */
@Command(
        name = "signalbox",
        mixinStandardHelpOptions = true,
        version = "signalbox 0.1.0",
        description = "Runs one replica of Signalbox, an event-sourced control plane for Kafka Connect.",
        footerHeading = "%nSettings, from the file or as environment variables (http.port is SIGNALBOX_HTTP_PORT):%n")
public final class Signalbox implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Signalbox.class);

    @Option(names = "--config", paramLabel = "FILE", description = "Java properties with the settings listed below.")
    private Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting, over what the file says.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--new-keyset",
            paramLabel = "FILE",
            description = "Makes a file with a new key, and does nothing else.")
    private Path newKeySet;

    @Option(
            names = "--add-key",
            paramLabel = "FILE",
            description = "Adds a new key to the file, which opens and does not seal yet, and does nothing else.")
    private Path growing;

    @Option(
            names = "--promote-key",
            paramLabel = "FILE",
            description = "Makes the key that was added last the one that seals, and does nothing else.")
    private Path rotating;

    public static void main(String[] args) {
        var command = new CommandLine(new Signalbox());
        command.getCommandSpec()
                .usageMessage()
                .footer(SignalboxConfig.describe().replace("%", "%%").split("\n"));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            // What an operator can mend is one line; anything else is a bug, and its trace is wanted.
            if (failure instanceof ConfigException
                    || failure instanceof CannotListenException
                    || failure instanceof KeySetException
                    || failure instanceof IOException) {
                line.getErr().println("signalbox: " + failure.getMessage());
            } else {
                LOG.error("action=start result=failed", failure);
                line.getErr().println("signalbox: " + failure);
            }
            return 1;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (newKeySet != null || growing != null || rotating != null) {
            keys();
            return 0;
        }
        var properties = new Properties();
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new IOException("Cannot read " + file);
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        properties.putAll(settings);
        run(SignalboxConfig.of(properties, System.getenv()), FaultPoints.NONE);
        return 0;
    }

    private void keys() throws IOException {
        if (newKeySet != null) {
            try {
                KeySets.create(newKeySet);
            } catch (FileAlreadyExistsException e) {
                throw new IOException(newKeySet + " is there already, and may be needed to open what is sealed", e);
            }
            System.out.println("made " + newKeySet);
        }
        if (growing != null) {
            System.out.println("added key " + KeySets.add(growing));
        }
        if (rotating != null) {
            System.out.println("promoted key " + KeySets.promote(rotating));
        }
    }

    /** Runs one replica until the process is told to stop. */
    public static void run(SignalboxConfig config, FaultPoints faults) throws InterruptedException {
        var replica = new Replica(config, faults);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            try {
                replica.close();
            } finally {
                // log4j2's own hook would race with ours, and the last lines of a stop would be lost.
                LogManager.shutdown();
                stopped.countDown();
            }
        }));
        replica.start();
        stopped.await();
    }
}
