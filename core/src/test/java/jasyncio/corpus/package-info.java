/** What CPython's own tests of asyncio check and no other test here does. {@code verify/corpus} tells which test stands for which. */
@NullMarked
package jasyncio.corpus;

import org.jspecify.annotations.NullMarked;
