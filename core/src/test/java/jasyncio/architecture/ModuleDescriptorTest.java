package jasyncio.architecture;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.MANDATED;
import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static java.lang.module.ModuleDescriptor.Requires.Modifier.TRANSITIVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each module shows and what it needs, to the letter: a change here is a change for users. */
class ModuleDescriptorTest {
    @Test
    void coroutine_isOpenToItsSiblingsOnly() throws IOException {
        ModuleDescriptor module = descriptor("jasyncio.coroutine");

        assertEquals(Map.of("jasyncio.coroutine", Set.of("jasyncio.core")), exports(module));
        assertEquals(
                Map.of("java.base", Set.of(MANDATED), "org.jspecify", Set.of(STATIC, TRANSITIVE)), requires(module));
        assertIsPlain(module);
    }

    @Test
    void core_exportsItsVocabularyAndItsSeams() throws IOException {
        ModuleDescriptor module = descriptor("jasyncio.core");

        assertEquals(
                Map.of(
                        "jasyncio", Set.of(),
                        "jasyncio.executor", Set.of(),
                        "jasyncio.generator", Set.of(),
                        "jasyncio.greenlet", Set.of(),
                        "jasyncio.queue", Set.of(),
                        "jasyncio.spi", Set.of(),
                        "jasyncio.sync", Set.of()),
                exports(module));
        assertEquals(
                Map.of(
                        "java.base", Set.of(MANDATED),
                        "java.management", Set.of(),
                        "jdk.management", Set.of(),
                        "jdk.unsupported", Set.of(),
                        "jasyncio.coroutine", Set.of(),
                        "org.jspecify", Set.of(STATIC, TRANSITIVE)),
                requires(module));
        assertIsPlain(module);
    }

    private static void assertIsPlain(ModuleDescriptor module) {
        assertFalse(module.isOpen());
        assertFalse(module.isAutomatic());
        assertEquals(Set.of(), module.opens());
        assertEquals(Set.of(), module.uses());
        assertEquals(Set.of(), module.provides());
    }

    private static Map<String, Set<String>> exports(ModuleDescriptor module) {
        return module.exports().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets));
    }

    private static Map<String, Set<Modifier>> requires(ModuleDescriptor module) {
        return module.requires().stream().collect(Collectors.toMap(Requires::name, Requires::modifiers));
    }

    /** Tests run on the class path, so the descriptors are plain resources there. */
    private static ModuleDescriptor descriptor(String name) throws IOException {
        List<URL> resources =
                Collections.list(ModuleDescriptorTest.class.getClassLoader().getResources("module-info.class"));
        for (URL resource : resources) {
            try (InputStream in = resource.openStream()) {
                ModuleDescriptor module = ModuleDescriptor.read(in);
                if (module.name().equals(name)) {
                    return module;
                }
            }
        }
        throw new AssertionError("No descriptor of " + name + " among " + resources);
    }
}
