package io.signalbox.standalone.bench;

/** Of a line in a plot. */
record Point(double x, double y) {}
