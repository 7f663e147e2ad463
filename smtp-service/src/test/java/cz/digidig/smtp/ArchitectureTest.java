package cz.digidig.smtp;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import cz.digidig.common.testing.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.of("cz.digidig.smtp");
    }

    /** As each package says of itself. */
    @Test
    void dependenciesPointDown() {
        JavaClasses product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("cz.digidig.smtp");
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("adapter")
                .definedBy("cz.digidig.smtp.adapter")
                .layer("admin")
                .definedBy("cz.digidig.smtp.admin")
                .layer("server")
                .definedBy("cz.digidig.smtp.server")
                .layer("command")
                .definedBy("cz.digidig.smtp.command")
                .layer("submission")
                .definedBy("cz.digidig.smtp.submission")
                .layer("usage")
                .definedBy("cz.digidig.smtp.usage")
                .layer("session")
                .definedBy("cz.digidig.smtp.session")
                .layer("delivery")
                .definedBy("cz.digidig.smtp.delivery")
                .layer("routing")
                .definedBy("cz.digidig.smtp.routing")
                .layer("client")
                .definedBy("cz.digidig.smtp.client")
                .layer("dsn")
                .definedBy("cz.digidig.smtp.dsn")
                .layer("spool")
                .definedBy("cz.digidig.smtp.spool")
                .layer("protocol")
                .definedBy("cz.digidig.smtp.protocol")
                .layer("policy")
                .definedBy("cz.digidig.smtp.policy")
                .layer("mailauth")
                .definedBy("cz.digidig.smtp.mailauth..")
                .layer("dns")
                .definedBy("cz.digidig.smtp.dns")
                .whereLayer("adapter")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("admin")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("admin", "adapter")
                .whereLayer("command")
                .mayOnlyBeAccessedByLayers("server", "adapter")
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("command", "server", "submission", "adapter")
                .whereLayer("submission")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("usage")
                .mayOnlyBeAccessedByLayers("session", "command", "submission", "adapter")
                .whereLayer("delivery")
                .mayOnlyBeAccessedByLayers("admin", "adapter")
                .whereLayer("routing")
                .mayOnlyBeAccessedByLayers("delivery", "adapter")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("routing", "delivery", "admin", "adapter")
                .whereLayer("dsn")
                .mayOnlyBeAccessedByLayers("delivery")
                .whereLayer("spool")
                .mayOnlyBeAccessedByLayers("dsn", "delivery", "session", "command", "submission", "admin", "adapter")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("session", "command", "submission", "adapter")
                .whereLayer("dns")
                .mayOnlyBeAccessedByLayers("mailauth", "policy", "routing", "adapter")
                .check(product);
    }
}
