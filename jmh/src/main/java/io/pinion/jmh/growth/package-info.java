/** How the cost of an event grows: with keys, rows, bytes, fields, stages, routes and producers. */
package io.pinion.jmh.growth;
