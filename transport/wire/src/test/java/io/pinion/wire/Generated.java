package io.pinion.wire;

import io.pinion.engine.Text;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random values of every kind of field, the awkward ones often. */
final class Generated {
    private Generated() {}

    /** Well-formed text of any characters, emoji and control characters among them. */
    static Arbitrary<String> texts() {
        final Arbitrary<Integer> codePoints = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.integers().between(' ', '~')),
                Tuple.of(2, Arbitraries.integers().between(0, 0x1F)),
                Tuple.of(2, Arbitraries.integers().between(0x80, 0xFF)),
                Tuple.of(2, Arbitraries.integers().between(0x100, 0xD7FF)),
                Tuple.of(1, Arbitraries.integers().between(0xE000, 0xFFFF)),
                Tuple.of(3, Arbitraries.integers().between(0x10000, 0x10FFFF)));
        return codePoints.list().ofMaxSize(50).map(points -> points.stream()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    static Arbitrary<Long> longs() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.integers().between(-300, 300).map(Integer::longValue),
                Combinators.combine(
                                Arbitraries.integers().between(0, 63),
                                Arbitraries.integers().between(-2, 2))
                        .as((shift, offset) -> (1L << shift) + offset),
                Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    static Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Double::longBitsToDouble),
                longs().map(Long::doubleValue),
                Arbitraries.integers().map(i -> i / 1e2),
                Arbitraries.longs().between(-1L << 45, 1L << 45).map(i -> i / 1e6),
                Arbitraries.floats().map(Float::doubleValue),
                Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.NEGATIVE_INFINITY));
    }

    static Arbitrary<Float> floats() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(Float::intBitsToFloat),
                longs().map(Long::floatValue),
                Arbitraries.integers().between(-100_000, 100_000).map(i -> i / 1e2f),
                Arbitraries.of(0.0f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY));
    }

    /** An event with all its fields set. */
    static Arbitrary<Everything> events() {
        final Arbitrary<Everything> numbers = Combinators.combine(
                        longs(),
                        Arbitraries.bytes(),
                        Arbitraries.shorts(),
                        Arbitraries.integers(),
                        floats(),
                        doubles(),
                        longs())
                .as((id, small, medium, count, ratio, score, last) -> {
                    final Everything event = new Everything();
                    event.id = id;
                    event.small = small;
                    event.medium = medium;
                    event.count = count;
                    event.größe = -count;
                    event.ratio = ratio;
                    event.score = score;
                    event.aNameOfMoreThanThirtyOneCharactersInAll = last;
                    return event;
                });
        final Arbitrary<Character> letters = Arbitraries.chars().filter(c -> !Character.isSurrogate(c));
        return Combinators.combine(
                        numbers,
                        Arbitraries.of(true, false),
                        letters,
                        Arbitraries.of(Everything.Colour.values()).injectNull(0.2),
                        texts(),
                        texts(),
                        texts())
                .as((event, flag, letter, colour, key, comment, missing) -> {
                    event.flag = flag;
                    event.letter = letter;
                    event.colour = colour;
                    event.key().set(key);
                    event.comment.set(comment);
                    event.missing = Text.of(missing);
                    return event;
                });
    }
}
