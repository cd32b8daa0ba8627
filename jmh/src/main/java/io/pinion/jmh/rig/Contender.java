package io.pinion.jmh.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands at the other end of the wire: the sidecar with the job's graph, or the bare echo or what does the job by hand in its place. */
enum Contender {
    ECHO {
        @Override
        List<String> command(final Workplace place, final Wire wire) {
            return bare(Echo.class, place, wire);
        }
    },
    LOOP {
        @Override
        List<String> command(final Workplace place, final Wire wire) {
            return bare(PlainLoop.class, place, wire);
        }
    },
    COUNTED {
        @Override
        List<String> command(final Workplace place, final Wire wire) {
            return bare(CountedLoop.class, place, wire);
        }
    },
    HAND {
        @Override
        List<String> command(final Workplace place, final Wire wire) {
            return bare(SidecarByHand.class, place, wire);
        }
    },
    PINION {
        @Override
        List<String> command(final Workplace place, final Wire wire) {
            final List<String> command = sidecar(place, wire, "one-thread");
            if (place.otherCore() >= 0) {
                command.addAll(List.of("--cores", String.valueOf(place.otherCore())));
            }
            return command;
        }
    };

    static final int INGRESS_STREAM = 1001;

    /** One for each target of the job; the echo sends over them in turn. */
    static final List<Integer> BACK_STREAMS = List.of(2001, 2002, 2003);

    abstract List<String> command(Workplace place, Wire wire);

    private static List<String> bare(final Class<?> main, final Workplace place, final Wire wire) {
        final List<Object> args = new ArrayList<>(List.of(
                place.otherCore() < 0 ? "-" : place.otherCore(),
                wire.driver() == null ? "-" : wire.driver(),
                wire.to(),
                INGRESS_STREAM,
                wire.back()));
        args.addAll(BACK_STREAMS);
        return place.java(main, args.toArray());
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sidecar with the job's graph and the profile low-latency, in a layout. */
    static List<String> sidecar(final Workplace place, final Wire wire, final String layout) {
        return new ArrayList<>(place.pinion(
                "run",
                place.jobJar() + ":io.pinion.jmh.job.Job",
                "--profile",
                place.profile("low-latency", wire.to(), wire.back(), wire.driver()),
                "--layout",
                layout,
                "--table",
                "items=" + place.items()));
    }
}
