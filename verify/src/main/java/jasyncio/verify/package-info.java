/**
 * Random programs on CPython and on jasyncio, whose traces must be equal.
 *
 * <p>A {@link jasyncio.verify.Program} is a tree of statements in JSON. {@link jasyncio.verify.Generator} makes one from a seed,
 * {@link jasyncio.verify.Execution} runs it here on virtual time, {@link jasyncio.verify.CPython} has it run there by the interpreter in
 * {@code src/main/python}, and {@link jasyncio.verify.Shrinker} makes a program whose traces differ as small as it can. The statements are in
 * classes named as their Python modules; {@link jasyncio.verify.Fuzz} is the command.
 */
@NullMarked
package jasyncio.verify;

import org.jspecify.annotations.NullMarked;
