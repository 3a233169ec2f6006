package io.signalbox.api.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** What can be wrong with a body. For tests. */
final class BodyKinds {

    private static final int DEPTH = 10_000;
    private static final int MEGABYTE = 1_000_000;
    private static final int MOST_MEGABYTES = 10;
    private static final byte[] BOMB = gzip(new byte[MOST_MEGABYTES * MEGABYTE]);

    private static final Pattern FIRST_KEY = Pattern.compile("\\{(\"[^\"]+\"):");
    private static final Pattern FIRST_VALUE = Pattern.compile(":");

    private static final List<String> NO_JSON = List.of(
            "nonsense",
            "{",
            "[",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{'a':1}",
            "{a:1}",
            "{\"a\":1,}",
            "[}",
            "{]",
            "{\"a\":[}",
            "{\"a\":[1}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":NaN}",
            "{\"a\":tru}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"tab\there\"}",
            "\u0000",
            "/*c*/{}",
            "{\"a\" \"b\"}",
            "<a/>",
            "{,}",
            "}",
            "]",
            ":",
            "\"",
            "\ufeff\ufeff{}",
            "{\"a\":1e}",
            "{\"a\":--1}",
            "{\"a\":0x1}",
            "True",
            "{\"a\":undefined}");

    private static final List<String> NO_UTF8 = List.of(
            "ff", "fe", "80", "c328", "e282", "eda080", "c080", "e08080", "f5808080", "f0808080", "f8888080", "edbfbf");

    private static final List<String> NO_CONTENT_TYPE = List.of(
            "text/plain",
            "text/json",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "application/json-patch+json",
            "json",
            ";",
            "a/b/c",
            "application/json, text/plain",
            "application/",
            "\u00e4\u00ff",
            "*/*",
            "application/octet-stream",
            "application/gzip",
            "x".repeat(5_000));

    private static final List<String> PACKED =
            List.of("gzip", "x-gzip", "GZIP", "deflate", "br", "zstd", "identity, gzip", "nonsense");

    static final List<Kind> ALL = List.of(
            Kind.of("invalid JSON", Target::takesBody, BodyKinds::invalid),
            Kind.of("depth", Target::takesBody, BodyKinds::deep),
            Kind.of("duplicate keys", Target::takesBody, BodyKinds::twice),
            Kind.of("wrong types", Target::takesBody, BodyKinds::wrongType),
            Kind.of("bad UTF-8 in a body", Target::takesBody, BodyKinds::noUtf8),
            Kind.of("bad chunks", Target::takesBody, BodyKinds::chunks),
            Kind.of("names in a body", WrongBodies::named, BodyKinds::names),
            Kind.rare("10 MB values", Target::takesBody, BodyKinds::large),
            Kind.rare("many values", Target::takesBody, BodyKinds::many),
            Kind.of("content types", Target::changes, BodyKinds::contentType),
            Kind.of("packed", Target::changes, BodyKinds::packed));

    private BodyKinds() {}

    private static Raw raw(Target target, Place place) {
        return new Raw(target.method(), place.path(target.template())).mustBeRefused();
    }

    private static Raw invalid(Target target, Place place, Random random) {
        String good = target.body();
        boolean cut = random.nextInt(4) == 0;
        return raw(target, place)
                .json(cut ? good.substring(0, 1 + random.nextInt(good.length() - 1)) : Kind.one(random, NO_JSON));
    }

    private static Raw deep(Target target, Place place, Random random) {
        String good = target.body();
        String nested = "[".repeat(DEPTH) + "]".repeat(DEPTH);
        return raw(target, place)
                .json(
                        switch (random.nextInt(4)) {
                            case 0 -> "[".repeat(DEPTH);
                            case 1 -> "{\"a\":".repeat(DEPTH);
                            case 2 -> FIRST_VALUE.matcher(good).replaceFirst(":" + nested + ",\"z\":");
                            default -> "{\"z\":" + nested + "," + good.substring(1);
                        });
    }

    private static Raw twice(Target target, Place place, Random random) {
        String good = target.body();
        MatchResult key = Kind.one(random, FIRST_KEY.matcher(good).results().toList());
        String more = key.group(1) + ":" + Kind.one(random, List.of("null", "\"x\"", "{}", "1")) + ",";
        return raw(target, place).json(good.substring(0, key.start() + 1) + more + good.substring(key.start() + 1));
    }

    private static Raw wrongType(Target target, Place place, Random random) {
        return raw(target, place).json(Kind.one(random, WrongBodies.types(target)));
    }

    private static Raw names(Target target, Place place, Random random) {
        return raw(target, place).json(Kind.one(random, WrongBodies.names(target)));
    }

    private static Raw noUtf8(Target target, Place place, Random random) {
        byte[] good = target.body().getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        // In the first name.
        body.write(good, 0, 3);
        body.writeBytes(HexFormat.of().parseHex(Kind.one(random, NO_UTF8)));
        body.write(good, 3, good.length - 3);
        return raw(target, place).json(body.toByteArray());
    }

    private static Raw chunks(Target target, Place place, Random random) {
        String chunk = Kind.one(
                random,
                List.of(
                        "zz\r\n{}\r\n0\r\n\r\n",
                        "-1\r\n{}\r\n",
                        "FFFFFFFFFFFFFFFFFF\r\n{}\r\n",
                        "\r\n\r\n",
                        "2\r\n{}x\r\n"));
        return raw(target, place)
                .header("Content-Type: application/json")
                .header("Transfer-Encoding: chunked")
                .header("Connection: close")
                .framed(chunk.getBytes(StandardCharsets.US_ASCII))
                .mayBeCutOff();
    }

    private static Raw large(Target target, Place place, Random random) {
        int size = MEGABYTE + MEGABYTE / 10 + random.nextInt((MOST_MEGABYTES - 1) * MEGABYTE);
        var value = new byte[size];
        boolean number = random.nextBoolean();
        Arrays.fill(value, (byte) (number ? '9' : 'x'));
        var body = new ByteArrayOutputStream(size + 16);
        body.writeBytes((number ? "{\"k\":" : "{\"k\":\"").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(value);
        body.writeBytes((number ? "}" : "\"}").getBytes(StandardCharsets.US_ASCII));
        return raw(target, place).json(body.toByteArray()).mayBeCutOff();
    }

    /** Within what a body may be long. */
    private static Raw many(Target target, Place place, Random random) {
        String value = Kind.one(random, List.of("[],", "{},", "0,", "\"\","));
        String all = value.repeat(MEGABYTE / value.length());
        return raw(target, place).json("{\"z\":[" + all + "0]," + target.body().substring(1));
    }

    private static Raw contentType(Target target, Place place, Random random) {
        String type = random.nextInt(4) == 0 ? null : Kind.one(random, NO_CONTENT_TYPE);
        String body = target.takesBody() ? target.body() : "{}";
        return raw(target, place).body(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Raw packed(Target target, Place place, Random random) {
        return raw(target, place)
                .header("Content-Encoding: " + Kind.one(random, PACKED))
                .json(BOMB);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
