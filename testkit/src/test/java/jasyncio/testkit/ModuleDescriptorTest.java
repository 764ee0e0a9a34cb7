package jasyncio.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
    @Test
    void module_exportsItsPackageAndNeedsJUnitsApi() throws IOException {
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }

        assertEquals("jasyncio.testkit", module.name());
        assertEquals(
                Set.of("exports jasyncio.testkit"),
                module.exports().stream().map(e -> "exports " + e.source()).collect(Collectors.toSet()));
        assertEquals(Set.of(), module.opens());
        assertEquals(
                Set.of(
                        "java.base",
                        "jasyncio.core",
                        "jasyncio.net",
                        "org.junit.jupiter.api",
                        "org.apiguardian.api",
                        "org.jspecify"),
                module.requires().stream().map(ModuleDescriptor.Requires::name).collect(Collectors.toSet()));
    }
}
