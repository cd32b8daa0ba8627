/**
 * Frames to events and back: {@link io.pinion.wire.FrameCodec}, and without events {@link io.pinion.wire.Transcoder}.
 *
 * <p>A frame's way: {@code WireReader} or {@code JsonReader} (over {@code WireGrammar}, {@code JsonGrammar}) checks each
 * field, {@code FieldStore} puts it into the event through its {@code EventField}, and {@code FrameNotes} keep where it
 * stood; a field of a wire that stands where {@code FieldPrediction} expects it, as usual, {@code UsualField} reads in one go; {@code EventWriter} copies the frame with what changed, by {@code WireWriter} or {@code JsonWriter}, and what no
 * field knows goes to the other format by {@code WireToJson} or {@code JsonToWire}.
 */
package io.pinion.wire;
