package io.pinion.cluster;

import org.agrona.ErrorHandler;

/**
 * Ends a member that has nothing while the others' log no longer has its begin: the consensus module would try to replay from
 * there without end. One that only lacks more than the others still have is told what to do. Any thread.
 */
final class MissingBegin implements ErrorHandler {
    private static final String BEFORE_THE_LOG = "is less than recording start position";
    private static final String NOT_JOINED = "failed to join catchup log";

    private final ErrorHandler next;
    private final ServiceView view;
    private final MemberConfig config;
    private boolean isTold;

    /**
     * Makes one.
     *
     * @param next   hears all errors.
     * @param view   of this member's service.
     * @param config of this member.
     */
    MissingBegin(final ErrorHandler next, final ServiceView view, final MemberConfig config) {
        this.next = next;
        this.view = view;
        this.config = config;
    }

    @Override
    public void onError(final Throwable error) {
        final String message = String.valueOf(error.getMessage());
        // The leader's archive says the same to a leader; but that one has taken in something.
        if (view.position == 0 && message.contains(BEFORE_THE_LOG)) {
            config.halt.halt(
                    "Member " + config.member + " has nothing in " + config.directory
                            + ", and the log no longer has its"
                            + " begin: empty the directory, and seed it from another member with \"pinion seed\".",
                    null);
            return;
        }
        next.onError(error);
        if (message.contains(NOT_JOINED)) {
            tellOnce();
        }
    }

    private synchronized void tellOnce() {
        if (!isTold) {
            isTold = true;
            config.tell.accept(
                    "Member " + config.member + " doesn't get what it lacks of the log. If that stays so, the"
                            + " others no longer have it: stop the member, empty " + config.directory
                            + ", and seed it from another one with \"pinion seed\".");
        }
    }
}
