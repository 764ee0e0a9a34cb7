/** Laws: one statement about many things, tested on each of them. */
@NullMarked
package jasyncio.laws;

import org.jspecify.annotations.NullMarked;
