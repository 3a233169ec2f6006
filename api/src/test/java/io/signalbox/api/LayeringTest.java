package io.signalbox.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house's rules about who may know whom, on this side of the log. */
class LayeringTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.signalbox.api");

    @Test
    void no_dialect_sees_another() {
        slices().matching("io.signalbox.api.dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void dialects_see_neither_kafka_nor_avro() {
        noClasses()
                .that()
                .resideInAnyPackage("..dialect..", "..validation..", "..api.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "io.confluent..")
                .check(CLASSES);
    }

    @Test
    void nobody_but_the_wiring_sees_dialects() {
        noClasses()
                .that()
                .resideInAnyPackage("..command..", "..query..", "..validation..", "..api.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..dialect..")
                .check(CLASSES);
    }
}
