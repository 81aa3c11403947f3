package io.telltale.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.telltale", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule siblings_never_import_each_other_and_nothing_imports_the_server = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.telltale..")
            .layer("analytics")
            .definedBy("io.telltale.analytics..")
            .layer("gateway")
            .definedBy("io.telltale.gateway..")
            .layer("devices")
            .definedBy("io.telltale.devices..")
            .layer("storage")
            .definedBy("io.telltale.storage..")
            .layer("dashboard")
            .definedBy("io.telltale.dashboard..")
            .layer("server")
            .definedBy("io.telltale.server..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("gateway")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("devices")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("dashboard")
            .mayOnlyBeAccessedByLayers("server");

    @ArchTest
    static final ArchRule analytics_needs_the_jdk_alone = classes()
            .that()
            .resideInAPackage("io.telltale.analytics..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.telltale.analytics..", "org.jspecify.."));

    @ArchTest
    static final ArchRule only_the_store_knows_clickhouse = noClasses()
            .that()
            .resideOutsideOfPackage("io.telltale.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.clickhouse..", "java.sql..");

    @ArchTest
    static final ArchRule only_the_doors_know_mqtt = noClasses()
            .that()
            .resideOutsideOfPackage("io.telltale.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "org.eclipse.paho..");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            SlicesRuleDefinition.slices().matching("io.telltale.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils");
}
