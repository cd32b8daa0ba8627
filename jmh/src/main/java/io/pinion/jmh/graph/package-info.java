/** The graph alone, from ring to ring in memory, beside a plain loop and a program by hand. */
package io.pinion.jmh.graph;
