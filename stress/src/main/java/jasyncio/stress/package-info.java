/** Runs the stress tests and judges them: the good ones must pass, and their broken twins must be caught. */
@NullMarked
package jasyncio.stress;

import org.jspecify.annotations.NullMarked;
