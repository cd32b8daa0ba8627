package io.pinion.jmh.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

/** A process with one engine in it. */
final class PeerProcess {
    private PeerProcess() {}

    /**
     * Runs it.
     *
     * @param args the engine's class, the {@link Plan} as JSON, and the file that the {@link ForkResult} goes to.
     * @throws Exception as the engine does.
     */
    public static void main(final String[] args) throws Exception {
        final ObjectMapper json = new ObjectMapper();
        final Peer peer = (Peer) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        final Plan plan = json.readValue(args[1], Plan.class);
        json.writeValue(Path.of(args[2]).toFile(), new PeerRun(peer, plan).run());
        // Engines leave threads behind.
        System.exit(0);
    }
}
