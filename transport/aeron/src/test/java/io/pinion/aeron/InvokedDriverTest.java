package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvokedDriverTest {
    /** Of much less than the ten microseconds each, but for where the machine stands still. */
    private static final int DUTY_CYCLES = 10_000;

    private final Counting driver = new Counting();
    private final Counting client = new Counting();
    private final OpenSockets sockets = new OpenSockets();
    private final AgentInvoker driverInvoker = new AgentInvoker(Throwable::printStackTrace, null, driver);
    private final AgentInvoker clientInvoker = new AgentInvoker(Throwable::printStackTrace, null, client);
    private final InvokedDriver invoked = new InvokedDriver(
            new CatchingUp(sockets),
            driverInvoker,
            clientInvoker,
            sockets,
            new ReentrantLock(),
            new AeronFaults(),
            Path.of("nowhere"));

    @BeforeEach
    void start() {
        driverInvoker.start();
        clientInvoker.start();
    }

    @Test
    void shouldWorkTheDriverEachDutyCycleWhileASocketIsOpenAndTheClientNowAndThen() {
        sockets.opened();
        step();
        assertThat(driver.times).isEqualTo(DUTY_CYCLES);
        assertThat(client.times).isBetween(1, DUTY_CYCLES - 1);
    }

    @Test
    void shouldWorkBothNowAndThenWhereNoSocketIsOpen() {
        sockets.opened();
        sockets.closed();
        step();
        assertThat(driver.times).isBetween(1, DUTY_CYCLES - 1).isEqualTo(client.times);
    }

    private void step() {
        for (int i = 0; i < DUTY_CYCLES; i++) {
            invoked.doWork();
        }
    }

    private static final class Counting implements Agent {
        private int times;

        @Override
        public int doWork() {
            return times++;
        }

        @Override
        public String roleName() {
            return "counting";
        }
    }
}
