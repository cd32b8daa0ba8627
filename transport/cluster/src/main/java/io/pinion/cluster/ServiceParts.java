package io.pinion.cluster;

import io.pinion.engine.Replica;

/** A member's service, put together around its replica. */
final class ServiceParts {
    final Replica<?> replica;
    final Genesis genesis;
    final ServiceView view = new ServiceView();
    final Answers answers = new Answers();
    final PinionService service;

    ServiceParts(final MemberConfig config, final ReplicatedGraph<?> graph, final Replica<?> replica) {
        this.replica = replica;
        genesis = graph.genesis(config);
        final Admission admission = new Admission(
                genesis,
                new ProducerMarks(config.maxProducers, config.producerMemory.toNanos() / 1_000),
                new TableLoads(replica.tables().size(), graph.tablesToLoad(replica.tables())));
        final ServiceState state = new ServiceState(admission, replica, config.fileSyncLevel > 0);
        final int members = config.endpoints.hosts().size();
        final LogMessages messages = new LogMessages(
                replica,
                admission,
                state,
                answers,
                new HashBallot(config.member, members),
                new CheckAnswers(answers, members),
                view,
                config.diskTimeout.toNanos());
        final DiskRoom room = new DiskRoom(config.directory, config.minDiskFreeBytes);
        service = new PinionService(messages, admission, state, view, room.before(config.halt));
    }
}
