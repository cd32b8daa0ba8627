package io.pinion.cluster;

/**
 * The text of all that decides besides the graph: a line for each setting, {@code name: value}. It stands in the log's first
 * message, and a member whose own text is another can't take part: it would decide otherwise.
 */
final class Settings {
    private final StringBuilder text = new StringBuilder();

    Settings add(final String name, final Object value) {
        text.append(name).append(": ").append(value).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * Says why a member can't read a log.
     *
     * @param log    what the log's first message said.
     * @param member what this member would say.
     * @return a sentence that names the line; null when they are the same.
     */
    static String conflict(final Genesis log, final Genesis member) {
        if (!log.graph().equals(member.graph())) {
            return "The log is of the graph " + log.graph() + ", and this member runs " + member.graph()
                    + ": give it a directory of its own, or the log's graph.";
        }
        if (log.revision() != member.revision()) {
            return "The log is of revision " + log.revision() + " of the graph " + log.graph() + ", and this member has"
                    + " revision " + member.revision() + ": run the build with the log's revision, or begin a new log"
                    + " in a new directory on all members.";
        }
        final String[] ofLog = log.settings().split("\n");
        final String[] own = member.settings().split("\n");
        for (int i = 0; i < Math.max(ofLog.length, own.length); i++) {
            final String logs = i < ofLog.length ? ofLog[i] : "nothing";
            final String mine = i < own.length ? own[i] : "nothing";
            if (!logs.equals(mine)) {
                return "The log was begun with \"" + logs + "\", and this member's profile says \"" + mine
                        + "\": what decides can't be changed while the log goes on, so say there what the log says.";
            }
        }
        return null;
    }
}
