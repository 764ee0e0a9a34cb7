/** What the tests of this module share: virtual time, loops on it, and the log. */
@NullMarked
package jasyncio.testing;

import org.jspecify.annotations.NullMarked;
