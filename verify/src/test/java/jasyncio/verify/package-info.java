/** Replays recorded programs, runs fresh ones where CPython is, and tests what generates and shrinks them. */
@NullMarked
package jasyncio.verify;

import org.jspecify.annotations.NullMarked;
