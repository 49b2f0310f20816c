package lpm.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the architecture that a machine can check, over all modules at once. */
class ArchitectureTest {
    private static final List<String> SERVICES = List.of("account", "scheduler", "migration", "storage", "hostagent");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("lpm");

    private static final DescribedPredicate<JavaClass> PURE = simpleNameEndingWith("Decider")
            .or(simpleNameEndingWith("State"))
            .or(simpleNameEndingWith("Command"))
            .or(simpleNameEndingWith("Process"))
            .or(simpleNameEndingWith("Inbox"))
            .or(simpleNameEndingWith("Planner"))
            .or(simpleNameEndingWith("View"))
            .and(not(resideInAnyPackage("lpm.systemtests..", "lpm.local..", "lpm.cli..", "lpm.platform..")))
            .as("deciders, states, commands, processes, inboxes, planners and views");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                        noClasses()
                                .that(PURE)
                                .should()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("java.time.Clock")
                                .orShould()
                                .callMethod(java.time.Instant.class, "now")
                                .orShould()
                                .callMethod(java.util.UUID.class, "randomUUID")
                                .orShould()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.io..",
                                        "java.net..",
                                        "java.sql..",
                                        "java.nio.file..",
                                        "java.nio.channels..")
                                .orShould()
                                .dependOnClassesThat()
                                .areAssignableTo(Thread.class)
                                .because("the same input must always give the same answer, in every interpreter"),
                        onlyIn("org.axonframework..", "lpm.platform.axon.."),
                        onlyIn(
                                "org.apache.kafka..",
                                "lpm.platform.kafka..",
                                "lpm.verify.source..",
                                "lpm.local..",
                                "lpm.systemtests.."),
                        onlyIn("org.libvirt..", "lpm.hostagent.hypervisor.."),
                        onlyIn("com.sun.jna..", "lpm.hostagent.disks.ceph..", "lpm.hostagent.hypervisor.."))
                .map(ArchitectureTest::test);
    }

    @TestFactory
    Stream<DynamicTest> habits() {
        return Stream.of(
                        noClasses()
                                .that()
                                .resideInAPackage("lpm.contracts..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("lpm.platform..", "io.quarkus..", "jakarta..")
                                .because("contracts are read by everybody"),
                        fields().that()
                                .areDeclaredInClassesThat(resideInAPackage("lpm.."))
                                .should()
                                .notBeAnnotatedWith("jakarta.inject.Inject")
                                .because("dependencies come in by the constructor"),
                        fields().that()
                                .areStatic()
                                .and()
                                .areDeclaredInClassesThat(resideInAPackage("lpm.."))
                                .and()
                                .areDeclaredInClassesThat(not(DescribedPredicate.<JavaClass>describe(
                                        "are enums",
                                        each -> each.isEnum() || each.getName().contains("$"))))
                                .should()
                                .beFinal()
                                .because("static mutable state is shared by accident"),
                        noClasses()
                                .should()
                                .haveNameMatching(".*(Manager|Service|Helper|Util|Utils|Impl|Dto)")
                                .because("such names hide the noun"),
                        slices().matching("lpm.scheduler.(*)..").should().beFreeOfCycles(),
                        slices().matching("lpm.account.(*)..").should().beFreeOfCycles(),
                        slices().matching("lpm.storage.(*)..").should().beFreeOfCycles(),
                        slices().matching("lpm.hostagent.(*)..").should().beFreeOfCycles())
                .map(ArchitectureTest::test);
    }

    private static DynamicTest test(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES));
    }

    @TestFactory
    Stream<DynamicTest> noServiceKnowsAnother() {
        return SERVICES.stream()
                .map(service -> DynamicTest.dynamicTest(service, () -> noClasses()
                        .that()
                        .resideInAPackage("lpm." + service + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SERVICES.stream()
                                .filter(other -> !other.equals(service))
                                .map(other -> "lpm." + other + "..")
                                .toArray(String[]::new))
                        .because("services talk only through Kafka")
                        .check(CLASSES)));
    }

    @Test
    void theCheckerSharesNothingWithWhatItChecks() {
        noClasses()
                .that()
                .resideInAPackage("lpm.verify..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("lpm..").and(not(resideInAnyPackage("lpm.verify..", "lpm.contracts.."))))
                .because("a mistake that both share would not be found")
                .check(CLASSES);
    }

    @Test
    void noServiceSpeaksHttpToAnother() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream().map(each -> "lpm." + each + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "jakarta.ws.rs.client..", "io.vertx.ext.web.client..")
                .because("services talk only through Kafka")
                .check(CLASSES);
    }

    @Test
    void commandsGoDownTheLadder() {
        String storage = "lpm.contracts.storage.StorageCommand";
        String migration = "lpm.contracts.migration.MigrationCommand";
        String host = "lpm.contracts.host.HostCommand";
        constructs("lpm.account..", List.of(storage, migration, host));
        constructs("lpm.migration..", List.of(migration));
        constructs("lpm.storage..", List.of(storage, migration));
        constructs("lpm.hostagent..", List.of(storage, migration, host));
    }

    @Test
    void everyDeciderHasATest() {
        assertThat(CLASSES.stream()
                        .filter(each -> each.getSimpleName().endsWith("Decider") && !each.isInterface())
                        .map(JavaClass::getName))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(SourceTree.testOf(name)).as(name + "Test").exists());
    }

    private static void constructs(String from, List<String> forbidden) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                DescribedPredicate.describe(
                                        "is a command of an upper or the own service",
                                        owner -> forbidden.stream().anyMatch(each -> owner.getName()
                                                .startsWith(each + "$"))))))
                .because("commands go down, events go up")
                .check(CLASSES);
    }

    private static ArchRule onlyIn(String library, String... places) {
        return noClasses()
                .that(not(resideInAnyPackage(places)).and(resideInAPackage("lpm..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("a library that is used in one place can be replaced in one place");
    }
}
