/**
 * What the {@code jasyncio} command needs inside the JVM of the program it starts.
 *
 * <p>The command itself is a shell script: it finds a JDK, builds, compiles and then becomes the JVM, so that Ctrl-C and
 * the terminal reach the program directly.
 *
 * <p>{@link jasyncio.cli.Tour} runs the programs of {@code examples/tour} in one JVM, by name: the launcher puts their classes, and the virtual
 * time of the testkit, on the class path.
 */
@NullMarked
package jasyncio.cli;

import org.jspecify.annotations.NullMarked;
