package io.signalbox.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house's rules about who may know whom. */
class LayeringTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.signalbox.processor");

    @Test
    void the_domain_knows_the_jdk_only() {
        classes()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.signalbox.processor.domain..")
                .check(CLASSES);
    }

    @Test
    void only_codecs_see_avro() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "io.confluent..")
                .check(CLASSES);
    }

    @Test
    void only_the_topology_sees_kafka_streams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..topology..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .check(CLASSES);
    }

    @Test
    void the_reconciler_knows_neither_topology_nor_codecs() {
        noClasses()
                .that()
                .resideInAPackage("..dataplane..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..topology..", "..codec..")
                .check(CLASSES);
    }

    @Test
    void nobody_reads_the_clock_or_rolls_dice_on_their_own() {
        noClasses()
                .that()
                .resideInAnyPackage("..domain..", "..topology..", "..codec..", "..dataplane")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(CLASSES);
    }
}
