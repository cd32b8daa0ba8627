package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.exceptions.ConductorServiceTimeoutException;
import io.aeron.exceptions.DriverTimeoutException;
import io.aeron.exceptions.RegistrationException;
import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what Aeron says into sentences that name the thing and say what would help. */
final class AeronErrors {
    private static final Pattern STORAGE =
            Pattern.compile("insufficient usable storage for new log of length=(\\d+) usable=(\\d+) in (.*)");
    private static final Pattern JAVA_PREFIX = Pattern.compile("^([a-zA-Z_$][\\w$]*\\.)+[A-Z][\\w$]*\\s*:\\s*");
    private static final Pattern LEVEL_PREFIX = Pattern.compile("^(ERROR|WARN|FATAL) - ");
    private static final long MIB = 1024 * 1024;

    private AeronErrors() {}

    /** An embedded driver that did not start. */
    static EdgeException notStarted(final Path directory, final Throwable cause) {
        final String said = messageOf(cause);
        if (said.startsWith("Active media driver detected")) {
            return new EdgeException(
                    "Another media driver runs in " + directory + ": name another directory for this one, or take"
                            + " driver: external to use that; one that was killed counts as running for some seconds.",
                    cause);
        }
        if (isOutOfRoom(cause)) {
            return outOfRoom(directory, cause);
        }
        if (said.contains("Device or resource busy")) {
            return new EdgeException(
                    "The embedded media driver can't have " + directory + " itself, which is a mount point: name a"
                            + " directory within it.",
                    cause);
        }
        return new EdgeException(
                "The embedded media driver did not start in " + directory + ": " + said
                        + "; change the option it names, or the directory.",
                cause);
    }

    /** An embedded driver that can't go on, or start, for lack of room. */
    static EdgeException outOfRoom(final Path directory, final Throwable cause) {
        return new EdgeException(
                "The embedded media driver has run out of room in " + directory
                        + ": make that larger, or name another directory.",
                cause);
    }

    /** A page of a buffer that finds no room any more is a fault in memory. */
    static boolean isOutOfRoom(final Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            final String message = String.valueOf(at.getMessage());
            if (message.contains("No space left")
                    || message.contains("unsafe memory access")
                    || STORAGE.matcher(message).find()) {
                return true;
            }
        }
        return false;
    }

    /** A driver that can't be reached. */
    static EdgeException notConnected(final Path directory, final Throwable cause) {
        if (cause instanceof DriverTimeoutException) {
            return new EdgeException(
                    "No media driver is running in " + directory + ": start one there, or take driver: embedded.",
                    cause);
        }
        return new EdgeException(
                "Can't use the media driver in " + directory + ": " + messageOf(cause)
                        + "; see that this user may read and write there, and that its Aeron version fits.",
                cause);
    }

    /** A publication or subscription that can't be opened. */
    static EdgeException notOpened(final String channel, final int streamId, final Throwable cause) {
        final String where = channel + " stream " + streamId;
        if (cause instanceof DriverTimeoutException) {
            return new EdgeException(
                    "The media driver does not answer when asked to open " + where + ": see that it runs and is not"
                            + " stopped or starved of its core.",
                    cause);
        }
        final String said = messageOf(cause);
        final Matcher storage = STORAGE.matcher(said);
        if (storage.find()) {
            return new EdgeException("Can't open " + where + ": " + storageSentence(storage), cause);
        }
        if (said.startsWith("unresolved") || said.contains("could not resolve")) {
            return new EdgeException(
                    "Can't open " + where + ": its host has no address; correct the name, or see to the name service.",
                    cause);
        }
        if (said.contains("Address already in use")) {
            return new EdgeException(
                    "Can't open " + where + ": another process uses that UDP port; stop it, or take another port.",
                    cause);
        }
        if (said.contains("assign requested address")) {
            return new EdgeException(
                    "Can't open " + where + ": that address is not one of this machine's; name one that is.", cause);
        }
        if (cause instanceof RegistrationException || cause instanceof IllegalArgumentException) {
            return new EdgeException(
                    "Can't open " + where + ": " + said
                            + "; write a channel such as aeron:udp?endpoint=localhost:20121 or aeron:ipc.",
                    cause);
        }
        return new EdgeException("Can't open " + where + ": " + said + ".", cause);
    }

    /** Something that was open and was closed under us. */
    static EdgeException lost(final Aeron client, final String channel, final int streamId) {
        final Throwable ending = client.context().errorHandler() instanceof AeronFaults faults ? faults.ending() : null;
        final String where = channel + " stream " + streamId;
        final String directory = client.context().aeronDirectoryName();
        if (ending instanceof ConductorServiceTimeoutException) {
            return new EdgeException(
                    where + " is lost: this process, or the thread its Aeron client runs on, stood still for too long ("
                            + messageOf(ending) + "); start it again, and see what held it up.",
                    ending);
        }
        return new EdgeException(
                where + " is lost: the media driver in " + directory + " is gone, or dropped this client"
                        + (ending == null ? "" : " (" + messageOf(ending) + ")")
                        + "; see that the driver runs and start this process again.",
                ending);
    }

    /** For the list of what went wrong with no caller to be told. */
    static String sentenceOf(final Throwable fault) {
        final String said = messageOf(fault);
        final Matcher storage = STORAGE.matcher(said);
        return storage.find() ? "A producer or consumer can't connect: " + storageSentence(storage) : said;
    }

    private static String storageSentence(final Matcher storage) {
        return "its buffers take " + mib(storage.group(1), MIB - 1) + " MiB and " + storage.group(3) + " has "
                + mib(storage.group(2), 0)
                + " MiB free; make that larger, use a smaller termLength at the sending side, or another directory.";
    }

    private static long mib(final String bytes, final long roundUp) {
        return (Long.parseLong(bytes) + roundUp) / MIB;
    }

    /** The message without the names of Java classes before it. */
    private static String messageOf(final Throwable fault) {
        String said = String.valueOf(fault.getMessage());
        if (fault instanceof RegistrationException registration) {
            said = said.replace(", errorCodeValue=" + registration.errorCodeValue(), "");
        }
        String shorter = stripped(said);
        while (!shorter.equals(said)) {
            said = shorter;
            shorter = stripped(said);
        }
        return said.equals("null") ? fault.getClass().getSimpleName() : said;
    }

    private static String stripped(final String said) {
        return LEVEL_PREFIX.matcher(JAVA_PREFIX.matcher(said).replaceFirst("")).replaceFirst("");
    }
}
