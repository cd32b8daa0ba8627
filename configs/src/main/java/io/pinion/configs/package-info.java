/** Graphs as Java config, to run and to start one's own from. Each is a class with a method {@code graph(env)}. */
package io.pinion.configs;
