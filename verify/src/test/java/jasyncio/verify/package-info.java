/** Replays recorded programs, runs fresh ones where CPython is, tests what generates and shrinks them, and keeps the corpus whole. */
@NullMarked
package jasyncio.verify;

import org.jspecify.annotations.NullMarked;
