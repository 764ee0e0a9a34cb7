/** Many of everything: what must not grow with the number of tasks that have been, and what must be garbage afterwards. */
@NullMarked
package jasyncio.load;

import org.jspecify.annotations.NullMarked;
