/**
 * What turning the job's event into bytes and back costs: Pinion's codec; Chronicle Wire as one would use it; its plain
 * bytes-marshalling, without names; and, as a floor, fixed places written by hand.
 */
package io.pinion.jmh.codec;
