package io.pinion.wire;

import io.pinion.engine.Text;

/** What {@link Everything} inherits. */
class EverythingBase {
    long id;
    private final Text key = new Text();

    Text key() {
        return key;
    }
}
