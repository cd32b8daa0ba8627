package io.pinion.jmh.peers.siddhi;

import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.FedPeer;
import io.pinion.jmh.peers.Outputs;
import io.pinion.jmh.peers.PeerEvent;
import io.pinion.jmh.peers.PeerEvents;
import io.pinion.jmh.peers.TargetOutput;
import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;

/**
 * The job on Siddhi: three queries, a table with a primary key, and a function of our own for dedupe, for Siddhi's core has
 * none.
 *
 * <p>As its query guide has it ("Threading and Asynchronous"): {@code @async} puts a Disruptor before the queries, and one
 * worker keeps the order; the largest batch is small, for latency.
 */
public final class SiddhiPeer extends FedPeer {
    private static final String APP = """
            @app:name('Job')

            @async(buffer.size='1024', workers='1', batch.size.max='16')
            define stream Events (eventId long, at long, itemId long, userId int, consent bool, score double,
                session object, model object, prompt object, answer object, dueNs long);
            define stream NewItems (itemId long, price double);

            @PrimaryKey('itemId')
            define table Items (itemId long, price double);

            from NewItems insert into Items;

            from Events[consent][job:isFirst(eventId, at)] insert into Firsts;

            from Firsts as f left outer join Items as i on i.itemId == f.itemId
            select f.eventId, f.at, f.itemId, f.userId, f.score, f.session, f.model, f.prompt, f.answer, f.dueNs,
                ifThenElse(i.price is null, 0.0, i.price) as price
            insert into Enriched;

            from Enriched[score >= 0.9] select eventId, price, dueNs insert into Training;
            from Enriched[score < 0.9 and price > 64.0] select eventId, price, dueNs insert into Evaluation;
            from Enriched[score < 0.9 and price <= 64.0] select eventId, price, dueNs insert into Analytics;
            """;

    private static final String[] STREAMS = {"Training", "Evaluation", "Analytics"};

    private final PeerEvents events = new PeerEvents();
    private final PeerEvent event = new PeerEvent();
    private SiddhiManager siddhi;
    private SiddhiAppRuntime app;

    /** Made by its name. */
    public SiddhiPeer() {}

    @Override
    public String version() {
        final String version = SiddhiManager.class.getPackage().getImplementationVersion();
        return version == null ? "5.1" : version;
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) throws InterruptedException {
        siddhi = new SiddhiManager();
        siddhi.setExtension("job:isFirst", FirstFunction.class);
        app = siddhi.createSiddhiAppRuntime(APP);
        for (int i = 0; i < STREAMS.length; i++) {
            app.addCallback(STREAMS[i], new Target(outputs.target(i)));
        }
        app.start();
        final InputHandler items = app.getInputHandler("NewItems");
        for (long item = 0; item < JobEvents.ROWS; item++) {
            items.send(new Object[] {item, JobEvents.priceOf(item)});
        }
        final InputHandler input = app.getInputHandler("Events");
        drive(feed, (number, dueNs) -> {
            events.fill(event, number, dueNs);
            input.send(new Object[] {
                event.eventId,
                event.at,
                event.itemId,
                event.userId,
                event.consent,
                event.score,
                event.session,
                event.model,
                event.prompt,
                event.answer,
                dueNs
            });
        });
    }

    @Override
    public void stop() throws InterruptedException {
        super.stop();
        app.shutdown();
        siddhi.shutdown();
    }

    /** A target as a callback. */
    private static final class Target extends StreamCallback {
        private final TargetOutput target;

        Target(final TargetOutput target) {
            this.target = target;
        }

        @Override
        public void receive(final Event[] events) {
            for (final Event event : events) {
                final Object[] data = event.getData();
                target.accept((long) data[0], (double) data[1], (long) data[2]);
            }
        }
    }
}
