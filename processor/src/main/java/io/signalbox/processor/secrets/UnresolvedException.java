package io.signalbox.processor.secrets;

import java.util.List;

/** References that stand for nothing here. The message names settings, ids and keys, and no value. */
public final class UnresolvedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;
    private final boolean later;

    private UnresolvedException(List<String> problems, boolean later) {
        super(String.join("; ", problems), null, false, false);
        this.problems = List.copyOf(problems);
        this.later = later;
    }

    UnresolvedException(List<String> problems) {
        this(problems, false);
    }

    /** Nobody can tell yet. */
    static UnresolvedException unread() {
        return new UnresolvedException(List.of("The stored secrets are still being read"), true);
    }

    /** One sentence for each setting that is wrong. */
    public List<String> problems() {
        return problems;
    }

    /** Whether asking again in a moment helps, without anybody doing anything. */
    public boolean later() {
        return later;
    }
}
