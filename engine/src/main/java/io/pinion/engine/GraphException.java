package io.pinion.engine;

import java.util.List;

/** A graph, or the way it is to be run, is wrong. Each problem is a sentence that says what to change. */
public final class GraphException extends RuntimeException {
    private final transient List<String> problems;

    /**
     * Makes one.
     *
     * @param problems the sentences, at least one.
     */
    public GraphException(final List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Makes one of a single problem.
     *
     * @param problem the sentence.
     */
    public GraphException(final String problem) {
        this(List.of(problem));
    }

    /**
     * What is wrong.
     *
     * @return the sentences, in the order they were found.
     */
    public List<String> problems() {
        return problems;
    }
}
