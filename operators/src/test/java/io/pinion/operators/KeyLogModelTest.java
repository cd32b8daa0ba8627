package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A key log against a map that keeps its keys in order. */
class KeyLogModelTest {
    private enum Action {
        /** Remembered, in place of the oldest where there is no room, or renewed. */
        SEE,
        /** Renewed if it is known. */
        RENEW,
        REMOVE_OLDEST,
        RESTART
    }

    private record Step(Action action, int key) {}

    /** Of keys that are found by numbers {@code lo} alone, or by two, of which several keys have the first. */
    private record Setting(int capacity, boolean wide, boolean inOneLine, int firstSerial) {}

    private static final int KEYS = 40;
    private static final int LONG_RUN = 4_000;

    /** The second half of a wide key that is even; of one that is odd it is one more. */
    private static final long HI = 1L << 40;

    private final Map<Integer, Long> model = new LinkedHashMap<>();
    private Setting setting;
    private long[] lo;
    private KeyLog log;
    private long lastNumber;

    @Property
    void shouldDoWhatTheModelDoes(@ForAll("settings") final Setting of, @ForAll("steps") final List<Step> steps)
            throws IOException {
        start(of, KEYS);
        for (final Step step : steps) {
            take(step);
            compare();
            for (int key = 0; key < KEYS; key++) {
                assertThat(isFound(key)).as("key %d", key).isEqualTo(model.containsKey(key));
            }
        }
    }

    /** Mostly renewals, of some keys more often than of others, so that gaps are closed many times. */
    @Property(tries = 60)
    void shouldDoWhatTheModelDoesInALongRun(
            @ForAll("largerSettings") final Setting of,
            @ForAll final long seed,
            @ForAll("mixes") final int renewedPercent)
            throws IOException {
        final Random random = new Random(seed);
        final int keys = of.capacity * 3;
        start(of, keys);
        for (int i = 0; i < LONG_RUN; i++) {
            final int key = random.nextInt(random.nextInt(keys) + 1);
            take(new Step(random.nextInt(100) < renewedPercent ? Action.RENEW : other(random), key));
            assertThat(log.size()).isEqualTo(model.size());
            assertThat(isFound(key)).isEqualTo(model.containsKey(key));
            if (i % 16 == 0) {
                compare();
            }
        }
        compare();
        for (int key = 0; key < keys; key++) {
            assertThat(isFound(key)).as("key %d", key).isEqualTo(model.containsKey(key));
        }
    }

    private static Action other(final Random random) {
        return random.nextInt(4) == 0 ? Action.REMOVE_OLDEST : Action.SEE;
    }

    private void start(final Setting of, final int keys) {
        setting = of;
        model.clear();
        lastNumber = 0;
        log = new KeyLog(of.capacity, of.wide, of.firstSerial);
        lo = LongStream.iterate(0, key -> key + 1)
                .filter(key -> !of.inOneLine || KeyLogIndexTest.homeOf(key, of.capacity) == 0)
                .limit(keys)
                .toArray();
    }

    private void take(final Step step) throws IOException {
        final int key = step.key;
        switch (step.action) {
            case SEE -> {
                if (!renew(key)) {
                    if (log.isFull()) {
                        removeOldest();
                    }
                    log.add(lo(key), hi(key), ++lastNumber);
                    model.put(key, lastNumber);
                }
            }
            case RENEW -> renew(key);
            case REMOVE_OLDEST -> removeOldest();
            default -> restart();
        }
    }

    private boolean renew(final int key) {
        final int place = log.find(lo(key), hi(key));
        assertThat(place != RememberedKeys.NONE).isEqualTo(model.containsKey(key));
        if (place == RememberedKeys.NONE) {
            return false;
        }
        assertThat(log.number(place)).isEqualTo(model.remove(key));
        log.renew(place, ++lastNumber);
        model.put(key, lastNumber);
        return true;
    }

    private void removeOldest() {
        if (!model.isEmpty()) {
            log.removeOldest();
            model.remove(model.keySet().iterator().next());
        }
    }

    /** Into the same log, which forgets what it had, or into another. */
    private void restart() throws IOException {
        final byte[] saved = saved();
        if (lastNumber % 2 == 0) {
            log = new KeyLog(setting.capacity, setting.wide, setting.firstSerial);
        }
        log.restore(new DataInputStream(new ByteArrayInputStream(saved)));
    }

    private void compare() throws IOException {
        assertThat(log.size()).isEqualTo(model.size());
        assertThat(log.isFull()).isEqualTo(model.size() == setting.capacity);
        if (!model.isEmpty()) {
            assertThat(log.number(log.oldest()))
                    .isEqualTo(model.values().iterator().next());
        }
        assertThat(saved()).isEqualTo(savedByModel());
    }

    private byte[] saved() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        log.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private byte[] savedByModel() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(model.size());
        for (final Map.Entry<Integer, Long> entry : model.entrySet()) {
            out.writeLong(lo(entry.getKey()));
            if (setting.wide) {
                out.writeLong(hi(entry.getKey()));
            }
            out.writeLong(entry.getValue());
        }
        return bytes.toByteArray();
    }

    private boolean isFound(final int key) {
        return log.find(lo(key), hi(key)) != RememberedKeys.NONE;
    }

    private long lo(final int key) {
        return lo[setting.wide ? key / 2 : key];
    }

    private long hi(final int key) {
        return setting.wide ? HI + key % 2 : 0;
    }

    @Provide
    Arbitrary<Setting> settings() {
        return settingsOf(Arbitraries.integers().between(1, 14));
    }

    @Provide
    Arbitrary<Setting> largerSettings() {
        return settingsOf(Arbitraries.oneOf(
                Arbitraries.integers().between(2, 14), // one line of the index, two, three
                Arbitraries.of(42, 85), // of which the array is hardly larger than it must be
                Arbitraries.integers().between(100, 600))); // gaps that are words of them
    }

    /** Serial numbers overflow soon, or begin again, or neither. */
    private static Arbitrary<Setting> settingsOf(final Arbitrary<Integer> capacities) {
        return Combinators.combine(
                        capacities,
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Arbitraries.of(0, Integer.MAX_VALUE - 20, -20))
                .as(Setting::new);
    }

    @Provide
    Arbitrary<Integer> mixes() {
        return Arbitraries.of(20, 70, 95);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<Action> actions = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Action.SEE)),
                Tuple.of(8, Arbitraries.just(Action.RENEW)),
                Tuple.of(3, Arbitraries.just(Action.REMOVE_OLDEST)),
                Tuple.of(1, Arbitraries.just(Action.RESTART)));
        return Arbitraries.of(4, KEYS).flatMap(keys -> Combinators.combine(
                        actions, Arbitraries.integers().between(0, keys - 1))
                .as(Step::new)
                .list()
                .ofMaxSize(150));
    }
}
