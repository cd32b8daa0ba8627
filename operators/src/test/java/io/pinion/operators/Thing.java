package io.pinion.operators;

import io.pinion.engine.Text;

/** An event, and a row, for tests. */
final class Thing {
    long id;
    final Text text = new Text();
    final Text other = new Text();
    long value;

    static Thing of(final long id) {
        final Thing thing = new Thing();
        thing.id = id;
        return thing;
    }

    static Thing of(final String text) {
        final Thing thing = new Thing();
        thing.text.set(text);
        return thing;
    }

    Thing text(final String newText) {
        text.set(newText);
        return this;
    }

    Thing other(final String newOther) {
        other.set(newOther);
        return this;
    }

    Thing value(final long newValue) {
        value = newValue;
        return this;
    }
}
