package jasyncio.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import org.junit.jupiter.api.Test;

/** Who may use whom, in the modules {@code coroutine} and {@code core}. */
class LayersTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("jasyncio");

    /**
     * The one place where the root looks up: a coroutine may be a generator, as in Python before async/await. A factory in the package of
     * generators could not make one, as only the root creates coroutines.
     */
    private static final DescribedPredicate<JavaClass> GENERATOR_COROUTINES =
            nameMatching("jasyncio\\.(Generator)?Coroutine").forSubtype();

    private static final DescribedPredicate<JavaClass> GENERATORS = resideInAPackage("jasyncio.generator");

    @Test
    void packages_useOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .ensureAllClassesAreContainedInArchitecture()
                .layer("coroutine")
                .definedBy("jasyncio.coroutine")
                .layer("spi")
                .definedBy("jasyncio.spi")
                .layer("root")
                .definedBy("jasyncio")
                .layer("sync")
                .definedBy("jasyncio.sync")
                .layer("queue")
                .definedBy("jasyncio.queue")
                .layer("generator")
                .definedBy("jasyncio.generator")
                .layer("greenlet")
                .definedBy("jasyncio.greenlet")
                .layer("executor")
                .definedBy("jasyncio.executor")
                .whereLayer("coroutine")
                .mayNotAccessAnyLayer()
                .whereLayer("spi")
                .mayNotAccessAnyLayer()
                .whereLayer("root")
                .mayOnlyAccessLayers("coroutine", "spi")
                .whereLayer("sync")
                .mayOnlyAccessLayers("root")
                .whereLayer("queue")
                .mayOnlyAccessLayers("root", "sync")
                .whereLayer("generator")
                .mayOnlyAccessLayers("root", "coroutine")
                .whereLayer("greenlet")
                .mayOnlyAccessLayers("root", "coroutine")
                .whereLayer("executor")
                .mayOnlyAccessLayers("root", "generator", "queue")
                .ignoreDependency(GENERATOR_COROUTINES, GENERATORS)
                .check(PRODUCTION);
    }

    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(new PackageSlices())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(GENERATOR_COROUTINES, GENERATORS)
                .check(PRODUCTION);
    }

    @Test
    void spi_dependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("jasyncio.spi")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("jasyncio.spi", "java..", "org.jspecify..")
                .check(PRODUCTION);
    }

    /** sun.misc.Signal is the one way to hear of Ctrl-C, and jdk.unsupported exports it. */
    @Test
    void core_dependsOnTheJdkAndJspecifyAlone() {
        classes()
                .that(not(resideInAPackage("jasyncio.coroutine")))
                .should()
                .onlyDependOnClassesThat(resideInAPackage("jasyncio..")
                        .or(resideInAPackage("java.."))
                        .or(resideInAPackage("com.sun.management"))
                        .or(resideInAPackage("org.jspecify.."))
                        .or(nameStartingWith("sun.misc.Signal").forSubtype()))
                .check(PRODUCTION);
    }

    @Test
    void jdkInternals_areTouchedByCoroutineAlone() {
        noClasses()
                .that(not(resideInAPackage("jasyncio.coroutine")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.internal..")
                .orShould()
                .callMethod(AccessibleObject.class, "setAccessible", boolean.class)
                .orShould()
                .callMethod(AccessibleObject.class, "trySetAccessible")
                .orShould()
                .callMethod(MethodHandles.class, "privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .check(PRODUCTION);
    }

    /** "Context manager" is Python's word for what it names. */
    @Test
    void publicTypes_areNamedByWhatTheyAre() {
        noClasses()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|(?<!AsyncContext)Manager)")
                .check(PRODUCTION);
    }

    private static final class PackageSlices implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
