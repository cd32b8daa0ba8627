/** What was measured, the targets it is held against, and both as JSON and as a page. */
package io.pinion.jmh.results;
