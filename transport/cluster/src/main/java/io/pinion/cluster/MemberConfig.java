package io.pinion.cluster;

import io.aeron.security.AuthenticatorSupplier;
import io.aeron.security.CredentialsSupplier;
import io.pinion.engine.RouteBounds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** What one member of a cluster is told: where it and the others are, and how it runs. Immutable. */
public final class MemberConfig {
    final int member;
    final MemberEndpoints endpoints;
    final Path directory;
    final int fileSyncLevel;
    final Supplier<IdleStrategy> idle;
    final Duration heartbeatTimeout;
    final Duration startupTimeout;
    final Duration sessionTimeout;
    final CredentialsSupplier credentials;
    final AuthenticatorSupplier authenticator;
    final AuthenticatorSupplier archiveAuthenticator;
    final SharedSecret consumers;
    final Duration snapshotEvery;
    final RouteBounds bounds;
    final Duration diskTimeout;
    final long minDiskFreeBytes;
    final int maxProducers;
    final Duration producerMemory;
    final int termBytes;
    final Consumer<String> tell;
    final MemberHalt halt;

    private MemberConfig(final Builder from) {
        member = from.member;
        endpoints = new MemberEndpoints(from.hosts, from.basePort);
        directory = from.directory;
        fileSyncLevel = from.fileSyncLevel;
        idle = from.idle;
        heartbeatTimeout = from.heartbeatTimeout;
        startupTimeout = from.heartbeatTimeout.multipliedBy(from.startupHeartbeats);
        sessionTimeout = from.sessionTimeout;
        credentials = from.credentials;
        authenticator = from.authenticator;
        archiveAuthenticator = from.archiveAuthenticator;
        consumers = from.consumers;
        snapshotEvery = from.snapshotEvery;
        bounds = from.bounds;
        diskTimeout = from.diskTimeout;
        minDiskFreeBytes = from.minDiskFreeBytes;
        maxProducers = from.maxProducers;
        producerMemory = from.producerMemory;
        termBytes = from.termBytes;
        tell = from.tell;
        halt = from.halt;
    }

    /**
     * Begins one.
     *
     * @param member    its number, from 0.
     * @param hosts     the address of each member, in the order of their numbers.
     * @param directory what it keeps on disk; its own.
     * @return what to say next.
     */
    public static Builder of(final int member, final List<String> hosts, final Path directory) {
        return new Builder(member, hosts, directory);
    }

    /** A port that is free, on this member's address. */
    String anyPortChannel() {
        return "aeron:udp?endpoint=" + endpoints.hosts().get(member) + ":0";
    }

    /** The options of a member. */
    public static final class Builder {
        private final int member;
        private final List<String> hosts;
        private final Path directory;
        private int basePort = MemberEndpoints.DEFAULT_BASE_PORT;
        private int fileSyncLevel;
        private Supplier<IdleStrategy> idle = () -> new BackoffIdleStrategy(100, 10, 10_000, 1_000_000);
        private Duration heartbeatTimeout = Duration.ofSeconds(10);
        private int startupHeartbeats = 6;
        private Duration sessionTimeout = Duration.ofSeconds(10);
        private SharedSecret memberSecret;
        private SharedSecret clientSecret;
        private AuthenticatorSupplier authenticator;
        private AuthenticatorSupplier archiveAuthenticator;
        private CredentialsSupplier credentials;
        private SharedSecret consumers;
        private Duration snapshotEvery = Duration.ofMinutes(10);
        private RouteBounds bounds = RouteBounds.USUAL;
        private Duration diskTimeout = Duration.ofSeconds(10);
        private long minDiskFreeBytes = 64L << 20;
        private int maxProducers = 10_000;
        private Duration producerMemory = Duration.ofDays(7);
        private int termBytes = 16 << 20;
        private Consumer<String> tell = sentence -> System.err.println("pinion: " + sentence);
        private MemberHalt halt = MemberHalt.ofProcess();

        private Builder(final int member, final List<String> hosts, final Path directory) {
            this.member = member;
            this.hosts = List.copyOf(hosts);
            this.directory = directory;
        }

        /**
         * The first of all members' ports; member k has ten from 10·k on.
         *
         * @param port {@value MemberEndpoints#DEFAULT_BASE_PORT} unless it is set.
         * @return this.
         */
        public Builder basePort(final int port) {
            basePort = port;
            return this;
        }

        /**
         * How sure of the disk it is.
         *
         * @param level 0, unless it is set: what was acknowledged survives the death of processes; 1: of machines too; 2:
         *              with the files' metadata.
         * @return this.
         */
        public Builder fileSyncLevel(final int level) {
            fileSyncLevel = level;
            return this;
        }

        /**
         * What its threads do when there is nothing to do.
         *
         * @param strategies a new one each time; backing off unless it is set.
         * @return this.
         */
        public Builder idle(final Supplier<IdleStrategy> strategies) {
            idle = strategies;
            return this;
        }

        /**
         * After how long without a word of the leader another is elected.
         *
         * @param timeout 10 s unless it is set.
         * @return this.
         */
        public Builder heartbeatTimeout(final Duration timeout) {
            heartbeatTimeout = timeout;
            return this;
        }

        /**
         * After how long without a word a client's session ends.
         *
         * @param timeout 10 s unless it is set.
         * @return this.
         */
        public Builder sessionTimeout(final Duration timeout) {
            sessionTimeout = timeout;
            return this;
        }

        /**
         * What members and clients prove themselves by.
         *
         * @param members the members' secret.
         * @param clients the producers', the consumers' and the operator's.
         * @return this.
         */
        public Builder secrets(final SharedSecret members, final SharedSecret clients) {
            memberSecret = members;
            clientSecret = clients;
            return this;
        }

        /**
         * Another way to know who is who in sessions. Its principals have to be {@code member:N} for members, and {@code
         * client:NAME} for others. Consumers have no session, and prove their positions by a secret all the same.
         *
         * @param supplier of authenticators, of the cluster and of the archive; by shared secrets unless it is set.
         * @param own      what this member proves itself by, to both.
         * @param positions what {@link RouteConsumer.Builder#secret} has to be.
         * @return this.
         */
        public Builder authenticator(
                final AuthenticatorSupplier supplier, final CredentialsSupplier own, final SharedSecret positions) {
            authenticator = supplier;
            archiveAuthenticator = supplier;
            credentials = own;
            consumers = positions;
            return this;
        }

        /**
         * How often the leader asks for a snapshot.
         *
         * @param interval 10 minutes unless it is set.
         * @return this.
         */
        public Builder snapshotEvery(final Duration interval) {
            snapshotEvery = interval;
            return this;
        }

        /**
         * How far routes may lag before their policies decide. Decides, so equal on all members.
         *
         * @param routeBounds {@link RouteBounds#USUAL} unless it is set.
         * @return this.
         */
        public Builder bounds(final RouteBounds routeBounds) {
            bounds = routeBounds;
            return this;
        }

        /**
         * How long a route log may be unwritable before the member gives up.
         *
         * @param timeout 10 s unless it is set.
         * @return this.
         */
        public Builder diskTimeout(final Duration timeout) {
            diskTimeout = timeout;
            return this;
        }

        /**
         * With how much space left on its disk the member gives up, rather than to fill it.
         *
         * @param bytes 64 MiB unless it is set.
         * @return this.
         */
        public Builder minDiskFree(final long bytes) {
            minDiskFreeBytes = bytes;
            return this;
        }

        /**
         * How many producers are remembered, and how long one that says nothing. Decides, so equal on all members.
         *
         * @param producers 10,000 unless it is set.
         * @param memory    7 days unless it is set.
         * @return this.
         */
        public Builder producers(final int producers, final Duration memory) {
            maxProducers = producers;
            producerMemory = memory;
            return this;
        }

        /**
         * Where sentences for the operator go.
         *
         * @param sentences takes them, on any thread; the standard error unless it is set.
         * @return this.
         */
        public Builder tell(final Consumer<String> sentences) {
            tell = sentences;
            return this;
        }

        /** Another end than that of the process, for tests. */
        Builder halt(final MemberHalt end) {
            halt = end;
            return this;
        }

        /**
         * Concludes.
         *
         * @return the configuration.
         * @throws IllegalArgumentException with a sentence, when something is wrong.
         */
        public MemberConfig build() {
            if (hosts.isEmpty() || member < 0 || member >= hosts.size()) {
                throw new IllegalArgumentException("member is " + member + " of " + hosts.size()
                        + " hosts: it has to be from 0 to one less than there are hosts.");
            }
            final int last = basePort + MemberEndpoints.PORTS_PER_MEMBER * hosts.size();
            if (basePort < 1 || last > 65_536) {
                throw new IllegalArgumentException("basePort is " + basePort + ", and members use ten ports each from"
                        + " there on: take one from 1 to " + (65_536 - MemberEndpoints.PORTS_PER_MEMBER * hosts.size())
                        + ".");
            }
            if (fileSyncLevel < 0 || fileSyncLevel > 2) {
                throw new IllegalArgumentException("fileSyncLevel is " + fileSyncLevel + "; it has to be 0, 1 or 2.");
            }
            if (authenticator == null) {
                useSecrets();
            } else if (consumers == null) {
                throw new IllegalArgumentException("An authenticator of one's own knows sessions, and consumers have"
                        + " none: name the secret of their positions too, SharedSecret.none() where nobody else can"
                        + " reach the cluster.");
            } else if (consumers == SharedSecret.none()) {
                requireLoopback("no secret of consumers: name one in authenticator(...)");
            }
            return new MemberConfig(this);
        }

        private void useSecrets() {
            if (memberSecret == null || clientSecret == null) {
                if (memberSecret != null || clientSecret != null) {
                    throw new IllegalArgumentException("A cluster needs two secrets, its members' and its clients',"
                            + " and has one: name the other too.");
                }
                requireLoopback("no secrets: give its members one, and its clients another");
                memberSecret = SharedSecret.none();
                clientSecret = SharedSecret.none();
            }
            authenticator = SharedSecretAuthenticator.of(memberSecret, clientSecret);
            archiveAuthenticator = SharedSecretAuthenticator.of(memberSecret, null);
            credentials = SharedSecretCredentials.ofMember(member, memberSecret);
            consumers = clientSecret;
        }

        private void requireLoopback(final String lack) {
            for (final String host : hosts) {
                try {
                    if (!InetAddress.getByName(host).isLoopbackAddress()) {
                        throw new IllegalArgumentException(
                                "The cluster can be reached at " + host + " and has " + lack + ".");
                    }
                } catch (final UnknownHostException unknown) {
                    throw new IllegalArgumentException("The host " + host + " is not known here.", unknown);
                }
            }
        }
    }
}
