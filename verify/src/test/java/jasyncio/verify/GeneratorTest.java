package jasyncio.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class GeneratorTest {

    @Test
    void generate_withTheSameSeed_writesTheSameProgram() {
        assertEquals(Generator.generate(42).toString(), Generator.generate(42).toString());
        assertNotEquals(
                Generator.generate(42).toString(), Generator.generate(43).toString());
    }

    @Test
    void trace_ofTheSameProgram_isTheSameEachTime() {
        for (int seed = 1; seed <= 20; seed++) {
            Program program = Generator.generate(seed);
            assertEquals(Execution.trace(program), Execution.trace(program), program::toString);
        }
    }

    @Test
    void below_withAKnownSeed_followsSplitMix64() {
        // The first output of SplitMix64 for the seed 1234567 is 6457827717110365317.
        assertEquals((int) (6457827717110365317L % 1_000_000_007), new Dice(1234567).below(1_000_000_007));
    }
}
