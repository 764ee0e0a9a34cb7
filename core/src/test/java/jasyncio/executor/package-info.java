/** Reactive streams, by the rules of their specification. */
@NullMarked
package jasyncio.executor;

import org.jspecify.annotations.NullMarked;
