package cz.digidig.common.testing;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The rules of structure that hold in every module, each a test of its own. */
public final class ArchitectureRules {
    private static final String ROOT = "cz.digidig.";
    private static final String COMMON = "cz.digidig.common";

    private ArchitectureRules() {}

    /**
     * The rules for one module.
     *
     * @param module its base package, e.g. {@code cz.digidig.smtp}
     */
    public static Stream<DynamicTest> of(String module) {
        JavaClasses product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(module);
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(module);
        return Stream.concat(
                productRules(module).stream().map(rule -> test(rule, product)),
                testRules().stream().map(rule -> test(rule, tests)));
    }

    private static DynamicTest test(ArchRule rule, JavaClasses imported) {
        return DynamicTest.dynamicTest(
                rule.getDescription(), () -> rule.allowEmptyShould(true).check(imported));
    }

    private static List<ArchRule> productRules(String module) {
        List<ArchRule> rules = new ArrayList<>(List.of(
                slices().matching(module + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .as("packages depend on each other without cycles"),
                noClasses()
                        .should()
                        .dependOnClassesThat(otherModules(module))
                        .as("a service knows itself and common alone"),
                pureProtocol(module),
                packagesExplainThemselves(),
                noFields()
                        .should()
                        .beAnnotatedWith(Autowired.class)
                        .orShould()
                        .beAnnotatedWith(Value.class)
                        .as("what is needed comes by the constructor"),
                fields().that()
                        .areStatic()
                        .and()
                        .doNotHaveModifier(JavaModifier.SYNTHETIC)
                        .should()
                        .beFinal()
                        .as("no static field is mutable"),
                noFields().should().haveRawType(ThreadLocal.class).as("no thread-locals"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO)$")
                        .orShould()
                        .haveNameMatching(".*\\.(Abstract|Base)[A-Z][A-Za-z]*$")
                        .as("names say what a class is for"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(CompletableFuture.class)
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage("reactor..", "org.reactivestreams..")
                        .as("waiting is done on virtual threads"),
                noClasses().should().callMethodWhere(readsTheClockByItself()).as("time comes from a Clock"),
                classes()
                        .that()
                        .areAnnotatedWith(ConfigurationProperties.class)
                        .should()
                        .beRecords()
                        .as("configuration properties are records"),
                methods()
                        .that(areOurOwnIdea())
                        .should(declareNoBlanketException())
                        .as("methods say which exceptions they throw")));
        if (!List.of("cz.digidig.storage", "cz.digidig.identity").contains(module)) {
            rules.add(noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework.data..",
                            "com.mongodb..",
                            "java.sql..",
                            "javax.sql..",
                            "org.hibernate..")
                    .as("only storage and identity reach a database"));
        }
        return rules;
    }

    private static List<ArchRule> testRules() {
        return List.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.mockito..")
                        .as("tests use fakes, not mocks"),
                noClasses()
                        .should()
                        .callMethodWhere(target(owner(DescribedPredicate.describe(
                                        "Thread", type -> type.isEquivalentTo(Thread.class))))
                                .and(target(nameMatching("sleep"))))
                        .as("tests wait for what happens, not for time to pass"),
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Test")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.springframework.boot.test.context..")
                        .as("unit tests start no Spring context (an IT may)"));
    }

    private static DescribedPredicate<JavaClass> otherModules(String module) {
        return DescribedPredicate.describe("other services", type -> {
            String name = type.getPackageName();
            return (name + ".").startsWith(ROOT)
                    && !(name + ".").startsWith(module + ".")
                    && !(name + ".").startsWith(COMMON + ".");
        });
    }

    private static ArchRule pureProtocol(String module) {
        return classes()
                .that()
                .resideInAPackage(module + ".protocol..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe("the JDK without sockets, and values", type -> {
                    String name = type.getBaseComponentType().getPackageName();
                    return name.isEmpty()
                            || (name.startsWith("java.") && !name.equals("java.net") && !name.equals("java.sql"))
                            || name.startsWith("org.jspecify.")
                            || name.startsWith(module + ".protocol")
                            || name.startsWith(COMMON + ".mail")
                            || name.startsWith(COMMON + ".mime");
                }))
                .as("protocol packages turn octets into values and back, nothing else");
    }

    private static ArchRule packagesExplainThemselves() {
        return classes()
                .should(new ArchCondition<JavaClass>("be in a package with a @NullMarked package-info") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage()
                                .tryGetPackageInfo()
                                .map(info -> info.isAnnotatedWith(NullMarked.class))
                                .orElse(false);
                        if (!marked) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " has no @NullMarked package-info"));
                        }
                    }
                })
                .as("every package says what it is for and is null-marked");
    }

    private static DescribedPredicate<JavaCall<?>> readsTheClockByItself() {
        return DescribedPredicate.describe("read the clock", call -> {
            AccessTarget.CodeUnitCallTarget called = call.getTarget();
            String owner = called.getOwner().getName();
            String name = called.getName();
            boolean bare = called.getRawParameterTypes().isEmpty();
            return (name.equals("now")
                            && bare
                            && owner.startsWith("java.time.")
                            && !called.getOwner().isAssignableTo(Clock.class))
                    || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                    || (called.getOwner().isEquivalentTo(Date.class) && name.equals("<init>") && bare);
        });
    }

    private static DescribedPredicate<JavaMethod> areOurOwnIdea() {
        return DescribedPredicate.describe(
                "are written by hand and override nothing of a library",
                method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getModifiers().contains(JavaModifier.BRIDGE)
                        && Stream.concat(
                                        method.getOwner().getAllRawSuperclasses().stream(),
                                        method.getOwner().getAllRawInterfaces().stream())
                                .filter(type -> !type.getPackageName().startsWith(ROOT))
                                .flatMap(type -> type.getMethods().stream())
                                .noneMatch(inherited -> inherited.getName().equals(method.getName())));
    }

    private static ArchCondition<JavaMethod> declareNoBlanketException() {
        return new ArchCondition<>("not declare Exception or Throwable") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                // Looked up by reflection only where it may be: a type variable's erasure is not meant.
                boolean blanket = method.getThrowsClause().getTypes().stream()
                                .anyMatch(type ->
                                        type.isEquivalentTo(Exception.class) || type.isEquivalentTo(Throwable.class))
                        && Arrays.stream(method.reflect().getGenericExceptionTypes())
                                .anyMatch(type -> type.equals(Exception.class) || type.equals(Throwable.class));
                if (blanket) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " throws Exception"));
                }
            }
        };
    }
}
