/** What a sidecar takes: to start, of memory, and of a core while nothing comes. */
package io.pinion.jmh.footprint;
