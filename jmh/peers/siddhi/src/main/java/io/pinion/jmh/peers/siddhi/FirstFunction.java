package io.pinion.jmh.peers.siddhi;

import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import io.pinion.jmh.peers.LoopPeer;
import io.siddhi.annotation.Example;
import io.siddhi.annotation.Extension;
import io.siddhi.annotation.Parameter;
import io.siddhi.annotation.ParameterOverload;
import io.siddhi.annotation.ReturnAttribute;
import io.siddhi.annotation.util.DataType;
import io.siddhi.core.config.SiddhiQueryContext;
import io.siddhi.core.executor.ExpressionExecutor;
import io.siddhi.core.executor.function.FunctionExecutor;
import io.siddhi.core.util.config.ConfigReader;
import io.siddhi.core.util.snapshot.state.State;
import io.siddhi.core.util.snapshot.state.StateFactory;
import io.siddhi.query.api.definition.Attribute;

/** {@code job:isFirst(eventId, at)}: the plain loop's table of keys. */
@Extension(
        name = "isFirst",
        namespace = "job",
        description = "Whether a key is the first of its kind in the window.",
        parameters = {
            @Parameter(name = "key", description = "The key.", type = DataType.LONG, dynamic = true),
            @Parameter(name = "at", description = "Its time.", type = DataType.LONG, dynamic = true)
        },
        parameterOverloads = @ParameterOverload(parameterNames = {"key", "at"}),
        returnAttributes = @ReturnAttribute(description = "Whether it is.", type = DataType.BOOL),
        examples = @Example(syntax = "from Events[job:isFirst(eventId, at)]", description = "Drops repeats."))
public final class FirstFunction extends FunctionExecutor<State> {
    private final SeenKeys seen = new SeenKeys(JobEvents.KEYS);

    /** Made by Siddhi. */
    public FirstFunction() {}

    @Override
    protected StateFactory<State> init(
            final ExpressionExecutor[] executors, final ConfigReader config, final SiddhiQueryContext context) {
        return null;
    }

    @Override
    protected Object execute(final Object[] data, final State state) {
        return seen.isFirst((long) data[0], (long) data[1], LoopPeer.WINDOW_US);
    }

    @Override
    protected Object execute(final Object data, final State state) {
        throw new IllegalStateException("isFirst takes a key and a time.");
    }

    @Override
    public Attribute.Type getReturnType() {
        return Attribute.Type.BOOL;
    }
}
