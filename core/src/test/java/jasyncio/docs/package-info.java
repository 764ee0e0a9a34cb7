/** The pages are run: programs they show are compiled, started and compared with what the page says they print. */
@NullMarked
package jasyncio.docs;

import org.jspecify.annotations.NullMarked;
