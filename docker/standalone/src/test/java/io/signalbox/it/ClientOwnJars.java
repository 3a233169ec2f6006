package io.signalbox.it;

import io.signalbox.standalone.Dist;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs {@link ClientCalls} with the jars that the client was built with: it does not know our newer Jackson. */
final class ClientOwnJars {

    private ClientOwnJars() {}

    static Map<String, String> all(Twins.Side side, Path lines) {
        try (var loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
            Object told = loader.loadClass(ClientCalls.class.getName())
                    .getMethod("all", String.class, String.class, String.class, Path.class)
                    .invoke(null, side.tag(), side.url(), side.worker(), lines);
            Map<String, String> copy = new LinkedHashMap<>();
            ((Map<?, ?>) told).forEach((call, answer) -> copy.put((String) call, (String) answer));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(side.tag(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client's first, then all that the tests have. */
    private static URL[] jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> own = Files.list(Dist.locate().root().resolveSibling("connect-client"))) {
            own.forEach(jars::add);
        }
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .forEach(jars::add);
        return jars.stream().map(ClientOwnJars::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
