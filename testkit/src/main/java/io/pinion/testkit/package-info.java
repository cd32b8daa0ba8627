/** Tests of users' graphs, on the real ring and operators, stepped by the test. */
package io.pinion.testkit;
