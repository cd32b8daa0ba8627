/** Events in and out over Aeron, UDP and IPC, and the media driver that this takes. */
package io.pinion.aeron;
