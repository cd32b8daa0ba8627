package io.pinion.sidecar;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM and SIGINT: the first asks for an end, the second for one at once.
 *
 * <p>A shutdown hook would not do: the JVM then exits with the signal's code, and a second signal does nothing. The JDK's
 * own class for signals is reached by reflection, since javac warns of it and warnings are errors here.
 */
final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final AtomicInteger received = new AtomicInteger();
    private final Runnable onSecond;

    private StopSignals(final Runnable onSecond) {
        this.onSecond = onSecond;
    }

    /**
     * Takes the signals over, for the rest of the process's life.
     *
     * @param onSecond run on a thread of the JVM's own.
     * @return what tells of the first.
     */
    static StopSignals install(final Runnable onSecond) {
        final StopSignals signals = new StopSignals(onSecond);
        NAMES.forEach(name -> on(name, signals::onSignal));
        return signals;
    }

    boolean isStopWanted() {
        return received.get() > 0;
    }

    /**
     * Takes one signal over.
     *
     * @param name   such as {@code HUP}.
     * @param action run on a thread of the JVM's own, each time it comes.
     */
    static void on(final String name, final Runnable action) {
        try {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object onSignal = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
        } catch (final InvocationTargetException refused) {
            throw new SidecarException(
                    "the JVM does not let SIG" + name + " be handled ("
                            + refused.getCause().getMessage() + "): start it without -Xrs.",
                    refused);
        } catch (final ReflectiveOperationException missing) {
            throw new SidecarException("this JVM has no sun.misc.Signal: use a JDK that has.", missing);
        }
    }

    private void onSignal() {
        if (received.incrementAndGet() == 2) {
            onSecond.run();
        }
    }
}
