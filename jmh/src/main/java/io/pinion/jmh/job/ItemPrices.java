package io.pinion.jmh.job;

/** The straightforward table of the items: open addressing, a quarter to half full. */
public final class ItemPrices {
    private final long[] keys;
    private final double[] prices;
    private final int mask;

    /**
     * Makes an empty one.
     *
     * @param capacity how many items it holds.
     */
    public ItemPrices(final int capacity) {
        final int length = Integer.highestOneBit(capacity * 2 - 1) << 1;
        mask = length - 1;
        keys = new long[length];
        prices = new double[length];
    }

    /**
     * Adds an item.
     *
     * @param itemId not there yet, from 0.
     * @param price  what it costs.
     */
    public void put(final long itemId, final double price) {
        int at = home(itemId);
        while (keys[at] != 0) {
            at = at + 1 & mask;
        }
        keys[at] = itemId + 1;
        prices[at] = price;
    }

    /**
     * Finds an item.
     *
     * @param itemId its key.
     * @return for {@link #price}, or -1.
     */
    public int find(final long itemId) {
        int at = home(itemId);
        for (long key = keys[at]; key != 0; key = keys[at]) {
            if (key == itemId + 1) {
                return at;
            }
            at = at + 1 & mask;
        }
        return -1;
    }

    /**
     * What the item that was found costs.
     *
     * @param at from {@link #find}.
     * @return the price.
     */
    public double price(final int at) {
        return prices[at];
    }

    private int home(final long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    }
}
