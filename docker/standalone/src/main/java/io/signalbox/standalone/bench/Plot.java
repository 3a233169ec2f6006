package io.signalbox.standalone.bench;

/**
 * A picture of some rows.
 *
 * @param section below whose table it stands
 * @param name of its file, without the ending
 * @param svg a whole document
 */
record Plot(String section, String name, String title, String svg) {}
