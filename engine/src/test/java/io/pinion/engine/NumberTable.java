package io.pinion.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A table of numbers, and the stage that drops an event whose number is among them. Minus one is no row; at minus two a user's
 * function throws.
 */
final class NumberTable implements ReferenceTable<Number>, Stage<Number> {
    private SortedSet<Long> rows = new TreeSet<>();
    private SortedSet<Long> standby = new TreeSet<>();
    private boolean isSwapRefused;
    private final Number row = new Number();
    private final NumberCodec codec = new NumberCodec();
    private final Frame frame = codec.newFrame(64, 64);
    private DropReason known;

    @Override
    public String name() {
        return "known";
    }

    @Override
    public Supplier<Number> rows() {
        return Number::new;
    }

    @Override
    public Ingress updates() {
        return new Ingress("rows");
    }

    @Override
    public Check<Number> newUpdateCheck() {
        return candidate -> {
            if (candidate.value == -2) {
                throw new IllegalStateException("a bug in a function of the table");
            }
            return candidate.value == -1 ? "it is minus one" : null;
        };
    }

    @Override
    public Check<Number> newFileCheck() {
        return newUpdateCheck();
    }

    @Override
    public void open() {}

    @Override
    public String put(final Number newRow) {
        rows.add(newRow.value);
        return null;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public int capacity() {
        return 1_000;
    }

    @Override
    public long stateBytes() {
        return 0;
    }

    @Override
    public List<? extends ReferenceTable<?>> tables() {
        return List.of(this);
    }

    @Override
    public void open(final StageContext context) {
        known = context.dropReason("known");
    }

    @Override
    public void onEvent(final Number event, final Slot<Number> slot) {
        if (rows.contains(event.value)) {
            slot.drop(known);
        }
    }

    @Override
    public void onControl(final Slot<Number> slot) {
        if (slot.table() != this) {
            return;
        }
        switch (slot.change()) {
            case PUT -> {
                slot.readRow(codec, frame, row);
                rows.add(row.value);
            }
            case SWAP_BEGIN -> {
                standby = new TreeSet<>();
                isSwapRefused = false;
            }
            case SWAP_ROW -> {
                if (slot.readRow(codec, frame, row)) {
                    standby.add(row.value);
                } else { // the row holds what was read before, which a restored replica never saw
                    isSwapRefused = true;
                }
            }
            case SWAP_END -> {
                rows = isSwapRefused ? rows : standby;
                standby = new TreeSet<>();
            }
            default -> standby = new TreeSet<>();
        }
    }

    @Override
    public int stateVersion() {
        return 1;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeBoolean(isSwapRefused);
        save(rows, out);
        save(standby, out);
    }

    private static void save(final SortedSet<Long> set, final DataOutput out) throws IOException {
        out.writeInt(set.size());
        for (final long one : set) {
            out.writeLong(one);
        }
    }

    @Override
    public void restore(final DataInput in, final int version) throws IOException {
        isSwapRefused = in.readBoolean();
        read(in, rows);
        read(in, standby);
    }

    private static void read(final DataInput in, final SortedSet<Long> set) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            set.add(in.readLong());
        }
    }
}
