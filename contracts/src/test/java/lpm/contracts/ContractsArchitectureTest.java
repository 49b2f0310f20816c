package lpm.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ContractsArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("lpm.contracts");

    @Test
    void contractsDependOnNothingButJavaAndJsonAnnotations() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "lpm.contracts..", "com.fasterxml.jackson.annotation..", "org.jspecify..")
                .because("everybody reads them: they must stay free of decisions, frameworks and databases")
                .check(CLASSES);
    }

    @Test
    void everyTopicThatAHostMayUseMatchesItsPattern() {
        var host = new HostId("h1");
        assertThat(Topics.hostEvents(host)).matches(Topics.HOST_EVENTS);
        assertThat(Topics.hostCommands(host)).matches(Topics.HOST_COMMANDS);
    }

    @Test
    void eventsAreNamedInThePastTenseAndCommandsInTheImperative() {
        Pattern wrong = Pattern.compile(".*(Error|Exception|Event|Command)");
        assertThat(Vocabulary.TYPES.all().keySet())
                .noneMatch(name -> wrong.matcher(name).matches());
    }
}
