package io.pinion.engine;

/** How the bytes of a frame are to be read. */
public enum FrameFormat {
    /** The fields of an event as Chronicle Wire's BinaryWire writes them: name, value, name, value, … */
    WIRE,
    /** One JSON object. */
    JSON
}
