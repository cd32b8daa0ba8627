/**
 * The ring-buffer graph: what it is ({@link io.pinion.engine.Graph}), what runs it
 * ({@link io.pinion.engine.Processor}) and on which threads ({@link io.pinion.engine.Layout}).
 *
 * <p>An event's way, by file names: {@code IngressAdapter} → {@code IngressAgent} (the {@code Codec} decodes it into a
 * {@code Slot} of the ring) → a {@code StagesAgent} for the stages of a thread, with a {@code StageStep} for each {@code Stage}
 * and, last, the {@code Route}, which tells each target its {@code RoutedSlots} → a {@code TargetAgent} for each {@code Target} → {@code
 * EgressPublisher}. What died on the way leaves through the {@code DeadLetterAgent}, which comes last.
 *
 * <p>Nothing here knows Aeron, Kafka, files or Chronicle Wire.
 */
package io.pinion.engine;
