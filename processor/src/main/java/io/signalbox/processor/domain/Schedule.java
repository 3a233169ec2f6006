package io.signalbox.processor.domain;

/**
 * When a pipeline that ends by itself runs again. As text: {@code rate 60} or {@code cron Europe/Oslo 0 3 * * *}. When that is next is
 * not decided here, because it needs the rules of time zones, which differ from one JDK to the next: who knows tells the log.
 */
public sealed interface Schedule {

    /**
     * So long after each start.
     *
     * @param minutes 1 to {@value #MOST_MINUTES}
     */
    record Rate(long minutes) implements Schedule {

        public static final long MOST_MINUTES = 4_294_967_295L;

        /** @throws IllegalArgumentException if it is out of its range */
        public Rate {
            if (minutes < 1 || minutes > MOST_MINUTES) {
                throw new IllegalArgumentException("A rate is 1 to " + MOST_MINUTES + " minutes");
            }
        }

        @Override
        public String toString() {
            return "rate " + minutes;
        }
    }

    /**
     * @param expression minute, hour, day of month, month and day of week, with one space between
     * @param zone an IANA time zone
     */
    record Cron(String expression, String zone) implements Schedule {

        /** @throws IllegalArgumentException if one of them cannot be written: whether they mean something is another question */
        public Cron {
            if (zone == null || zone.isEmpty() || zone.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("A cron schedule needs a time zone, without spaces");
            }
            if (expression == null || expression.isBlank() || expression.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("A cron schedule needs an expression, without control characters");
            }
        }

        @Override
        public String toString() {
            return "cron " + zone + " " + expression;
        }
    }

    /**
     * The reverse of {@code toString}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static Schedule parse(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length == 2 && parts[0].equals("rate")) {
            return new Rate(Long.parseLong(parts[1]));
        }
        if (parts.length == 3 && parts[0].equals("cron")) {
            return new Cron(parts[2], parts[1]);
        }
        throw new IllegalArgumentException("Neither a rate nor a cron schedule");
    }
}
