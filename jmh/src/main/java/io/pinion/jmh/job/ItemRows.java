package io.pinion.jmh.job;

/** {@link ItemPrices} with rows of a class of their own instead of a price: a reference beside each key, as in a map. */
public final class ItemRows {
    private final long[] keys;
    private final Item[] rows;
    private final int mask;

    /**
     * Makes an empty one.
     *
     * @param capacity how many items it holds.
     */
    public ItemRows(final int capacity) {
        final int length = Integer.highestOneBit(capacity * 2 - 1) << 1;
        mask = length - 1;
        keys = new long[length];
        rows = new Item[length];
    }

    /**
     * Adds an item.
     *
     * @param item not there yet; its number is from 0.
     */
    public void put(final Item item) {
        int at = home(item.itemId);
        while (keys[at] != 0) {
            at = at + 1 & mask;
        }
        keys[at] = item.itemId + 1;
        rows[at] = item;
    }

    /**
     * Finds an item.
     *
     * @param itemId its key.
     * @return the row, or null.
     */
    public Item find(final long itemId) {
        int at = home(itemId);
        for (long key = keys[at]; key != 0; key = keys[at]) {
            if (key == itemId + 1) {
                return rows[at];
            }
            at = at + 1 & mask;
        }
        return null;
    }

    private int home(final long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    }
}
