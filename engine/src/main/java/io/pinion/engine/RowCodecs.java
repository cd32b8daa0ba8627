package io.pinion.engine;

import java.util.function.Supplier;

/** Makes codecs for the rows of tables, one for each thread that reads or writes them: {@code FrameCodec::of}. */
@FunctionalInterface
public interface RowCodecs {
    /**
     * A codec for one class of rows.
     *
     * @param rows the constructor of the row class.
     * @param <R>  the row class.
     * @return a new one.
     * @throws GraphException when the class has a field that frames can't hold.
     */
    <R> Codec<R> of(Supplier<R> rows);
}
