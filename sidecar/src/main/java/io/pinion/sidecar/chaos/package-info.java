/**
 * Breaks a replicated sidecar on purpose: its members as processes that are killed, stopped, cut off and run out of disk
 * under load, by a schedule from a seed; and the account of what was acknowledged beside what arrived.
 */
package io.pinion.sidecar.chaos;
