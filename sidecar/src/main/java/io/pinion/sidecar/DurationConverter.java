package io.pinion.sidecar;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line, such as {@code 10s}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(final String text) {
        final Duration duration = Units.duration(text);
        if (duration == null) {
            throw new TypeConversionException(
                    "it has to be a time, such as 500ms, 10s or 2min; it is \"" + text + "\"");
        }
        return duration;
    }
}
