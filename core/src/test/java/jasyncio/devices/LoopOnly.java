package jasyncio.devices;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test of something that the portable backend does not promise, or does not need. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "jasyncio.backend",
        matches = "portable",
        disabledReason = "the loop-scheduled backend alone promises this")
@interface LoopOnly {}
