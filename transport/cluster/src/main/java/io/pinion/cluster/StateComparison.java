package io.pinion.cluster;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/** What members say of their state at one position of the log, and what that comes to. One thread. */
final class StateComparison {
    private long position;
    private Long[] hashes = {};
    private String section = "";

    /** Hears one answer; what is none of a check is ignored. */
    void onAnswer(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (lengthBytes < ClusterMessages.CHECKED_HEADER_BYTES
                || ClusterMessages.version(buffer, offset) != ClusterMessages.VERSION
                || ClusterMessages.type(buffer, offset) != ClusterMessages.CHECKED) {
            return;
        }
        final String differing = ClusterMessages.checkedSection(buffer, offset, lengthBytes);
        final int member = ClusterMessages.aux(buffer, offset);
        final int members = ClusterMessages.checkedMembers(buffer, offset);
        if (differing == null || member < 0 || member >= members) {
            return;
        }
        if (hashes.length != members) {
            hashes = new Long[members];
        }
        position = ClusterMessages.first(buffer, offset);
        hashes[member] = ClusterMessages.second(buffer, offset);
        section = section.isEmpty() ? differing : section;
    }

    /** Whether all have said theirs. */
    boolean isComplete() {
        return hashes.length > 0 && Arrays.stream(hashes).allMatch(Objects::nonNull);
    }

    /** Whether all have said theirs, and the same. */
    boolean isEqual() {
        return isComplete() && Arrays.stream(hashes).distinct().count() == 1;
    }

    /** A sentence: what it comes to so far. */
    String verdict() {
        if (hashes.length == 0) {
            return "No member has said what its state is: ask again, and see what the members print.";
        }
        final String at = " at position " + position + " of the log";
        if (isEqual()) {
            return hashes.length == 1
                    ? "The one member has said its state" + at + ", and there is no other to compare it with."
                    : "The state of all " + hashes.length + " members is the same" + at + ".";
        }
        final String silent = members(null);
        final String others = silent.isEmpty()
                ? ""
                : " Nothing was heard of member " + silent + ": see whether it runs, and ask again.";
        final long kinds =
                Arrays.stream(hashes).filter(Objects::nonNull).distinct().count();
        if (kinds <= 1 && section.isEmpty()) {
            return "The state of those that said it is the same" + at + "." + others;
        }
        final String groups = Arrays.stream(hashes)
                .filter(Objects::nonNull)
                .distinct()
                .map(this::members)
                .collect(Collectors.joining(" have one state, ", "", kinds > 1 ? "" : " have one state, the leader"));
        return "The members differ" + at + (section.isEmpty() ? "" : ", in the section \"" + section + "\"") + ": "
                + groups + " another. One that is not as most are ends by itself: empty its directory, and seed it."
                + others;
    }

    private String members(final Long hash) {
        return IntStream.range(0, hashes.length)
                .filter(member -> Objects.equals(hashes[member], hash))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" and "));
    }
}
