package io.pinion.sidecar;

/** Frames name it, and nothing else does: it must never be loaded. */
final class ClassNamedInAFrame {
    private ClassNamedInAFrame() {}
}
