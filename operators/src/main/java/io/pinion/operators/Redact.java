package io.pinion.operators;

import io.pinion.engine.Counter;
import io.pinion.engine.GraphException;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import io.pinion.engine.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes out of a text what nobody shall read. The bytes that the text looked at stay as they are: what changes is written
 * into the text's own. A text in which nothing is found is not touched.
 */
final class Redact<E> implements Stage<E> {
    private final String name;
    private final Function<? super E, Text> field;
    private final List<Redaction> redactions;
    private final Matcher[] matchers;
    private final Counter[] counters;

    private byte[] written = new byte[256];
    private int writtenBytes;

    Redact(final String name, final Function<? super E, Text> field, final List<Redaction> redactions) {
        this.name = name;
        this.field = Objects.requireNonNull(field, "field");
        this.redactions = new ArrayList<>(redactions);
        this.redactions.sort(Comparator.comparing(redaction -> redaction.kind));
        refuseNoneOrTwoOfAKind();
        matchers = this.redactions.stream().map(Redaction::matcher).toArray(Matcher[]::new);
        counters = new Counter[matchers.length];
    }

    private void refuseNoneOrTwoOfAKind() {
        if (redactions.isEmpty()) {
            throw new GraphException("The stage \"" + name + "\" has nothing to redact: name at least one of urls(),"
                    + " emails(), numbers(digits) and longerThan(bytes).");
        }
        for (int i = 1; i < redactions.size(); i++) {
            if (redactions.get(i).kind == redactions.get(i - 1).kind) {
                throw new GraphException("The stage \"" + name + "\" redacts "
                        + redactions.get(i - 1).describe() + ", and "
                        + redactions.get(i).describe() + ": name each kind once.");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "redact " + redactions.stream().map(Redaction::describe).collect(Collectors.joining(", "));
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void open(final StageContext context) {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = context.counter(redactions.get(i).kind.word());
        }
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        final Text text = field.apply(event);
        for (int i = 0; i < matchers.length; i++) {
            if (matchers[i] == null) {
                cut(text, redactions.get(i).limit, counters[i]);
            } else {
                replaceAll(text, matchers[i], counters[i]);
            }
        }
    }

    private void replaceAll(final Text text, final Matcher matcher, final Counter counter) {
        final byte[] bytes = text.array();
        final int first = text.offset();
        final int to = first + text.lengthBytes();
        int from = first;
        writtenBytes = 0;
        while (matcher.find(bytes, first, from, to)) {
            write(bytes, from, matcher.start - from);
            write(matcher.replacement(), 0, matcher.replacement().length);
            from = matcher.end;
            counter.increment();
        }
        if (from > first) {
            write(bytes, from, to - from);
            text.set(written, 0, writtenBytes);
        }
    }

    /** The room grows to the longest text there ever was, which the longest frame bounds. */
    private void write(final byte[] bytes, final int from, final int length) {
        if (writtenBytes + length > written.length) {
            final byte[] larger = new byte[Math.max(writtenBytes + length, written.length * 2)];
            System.arraycopy(written, 0, larger, 0, writtenBytes);
            written = larger;
        }
        System.arraycopy(bytes, from, written, writtenBytes, length);
        writtenBytes += length;
    }

    private static void cut(final Text text, final int maxBytes, final Counter counter) {
        if (text.lengthBytes() <= maxBytes) {
            return;
        }
        int kept = maxBytes;
        while (kept > 0 && Matcher.isInsideCodePoint(text.byteAt(kept))) {
            kept--;
        }
        text.wrap(text.array(), text.offset(), kept);
        counter.increment();
    }
}
