package io.signalbox.standalone.bench;

import java.net.URI;

/**
 * What is read again and again.
 *
 * @param tag answered 304 as long as this is what it is; null: answered in full
 */
record Read(URI resource, String tag) {

    static Read of(URI resource) {
        return new Read(resource, null);
    }

    Request request() {
        String path = resource.getRawPath() + (resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery());
        return new Request("GET", path, "", tag == null ? 200 : 304, tag);
    }
}
