package io.signalbox.api.dialect.supermetal.model;

import java.util.List;
import java.util.Optional;

/** What a value may be. */
public sealed interface Shape {

    /** A text of so many characters. */
    record Text(int least, int most) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** A whole number. */
    record Whole(long least, long most) implements Shape {}

    /** A number. */
    record Fraction(double least, double most) implements Shape {}

    /** One of a few texts. */
    record Word(List<String> words) implements Shape {}

    /** So many of one kind. */
    record ListOf(Shape item, int most) implements Shape {}

    /**
     * Settings with free names, as an array of objects with a name and a value, both texts.
     *
     * @param name what the field with the name is called
     * @param dropped whether credentials among them are left out of answers, instead of being masked there
     */
    record Settings(String name, boolean dropped) implements Shape {

        static final int MOST = 200;
        static final int LONGEST_NAME = 256;
        static final int LONGEST_VALUE = 64 * 1024;
    }

    /** An object with these fields and no others. */
    record Group(List<Field> fields) implements Shape {

        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /** An object with exactly one of these fields, each of which is an object. */
    record OneOf(List<Field> tags) implements Shape {

        public Optional<Field> tag(String name) {
            return tags.stream().filter(tag -> tag.name().equals(name)).findFirst();
        }
    }
}
