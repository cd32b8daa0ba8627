package io.pinion.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which: sidecar and configs → transports and operators → engine. */
@AnalyzeClasses(packages = "io.pinion", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    private ModulesTest() {}

    @ArchTest
    final ArchRule engineKnowsNoTransportAndNoOperator = noClasses()
            .that()
            .resideInAPackage("io.pinion.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.aeron..",
                    "net.openhft.chronicle..",
                    "org.apache.kafka..",
                    "io.pinion.operators..",
                    "io.pinion.wire..",
                    "io.pinion.aeron..",
                    "io.pinion.file..",
                    "io.pinion.cluster..",
                    "io.pinion.configs..",
                    "io.pinion.sidecar..");

    @ArchTest
    final ArchRule operatorsKnowNoTransportAndNoThread = noClasses()
            .that()
            .resideInAPackage("io.pinion.operators..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.aeron..",
                    "net.openhft..",
                    "com.lmax.disruptor..",
                    "java.util.concurrent.locks..",
                    "java.nio.file..",
                    "io.pinion.wire..",
                    "io.pinion.aeron..",
                    "io.pinion.file..",
                    "io.pinion.cluster..",
                    "io.pinion.sidecar..");

    @ArchTest
    final ArchRule transportsKnowNoOperator = noClasses()
            .that()
            .resideInAnyPackage("io.pinion.wire..", "io.pinion.aeron..", "io.pinion.file..", "io.pinion.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pinion.operators..", "io.pinion.configs..", "io.pinion.sidecar..");

    @ArchTest
    final ArchRule graphsKnowNoTransport = noClasses()
            .that()
            .resideInAPackage("io.pinion.configs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pinion.wire..", "io.pinion.aeron..", "io.pinion.file..", "io.pinion.sidecar..", "io.aeron..");

    /** Determinism: what replication stands on. */
    @ArchTest
    final ArchRule stagesReadNoClockAndNoRandom = noClasses()
            .that()
            .resideInAnyPackage("io.pinion.operators..", "io.pinion.configs..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random");
}
