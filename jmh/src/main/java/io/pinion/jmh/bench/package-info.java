/** {@code ./pinion bench}: what it runs, in what order, and in what environment. */
package io.pinion.jmh.bench;
