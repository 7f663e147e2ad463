package cz.digidig.system.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** Clients that openapi-generator makes from the suite's one document compile: the document says what types need to know. */
@ExtendWith(SuiteExtension.class)
class GeneratedClientsIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Suite suite;

    @TempDir
    Path folder;

    GeneratedClientsIT(Suite suite) {
        this.suite = suite;
    }

    private List<Path> generate(String generator, Map<String, Object> options)
            throws IOException, InterruptedException {
        Path document = folder.resolve("suite.json");
        Files.write(
                document,
                suite.rest(Service.APIDOCS).get("/api/documents/suite").body());
        Path target = folder.resolve(generator);
        CodegenConfigurator configurator = new CodegenConfigurator()
                .setGeneratorName(generator)
                .setInputSpec(document.toString())
                .setOutputDir(target.toString())
                .setAdditionalProperties(options);
        DefaultGenerator made = new DefaultGenerator();
        made.setGeneratorPropertyDefault("apiTests", "false");
        made.setGeneratorPropertyDefault("modelTests", "false");
        made.setGeneratorPropertyDefault("apiDocs", "false");
        made.setGeneratorPropertyDefault("modelDocs", "false");
        made.opts(configurator.toClientOptInput()).generate();
        String suffix = generator.startsWith("java") ? ".java" : ".ts";
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void java() throws IOException, InterruptedException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeThat(compiler).as("a JDK's compiler").isNotNull();
        List<Path> sources = generate(
                "java",
                Map.of(
                        "library", "native",
                        "openApiNullable", "false",
                        "annotationLibrary", "none",
                        "hideGenerationTimestamp", "true"));
        assertThat(sources).hasSizeGreaterThan(50);
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-d",
                                    folder.resolve("classes").toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    @Test
    void typeScript() throws IOException, InterruptedException {
        Program.require("node");
        List<Path> sources = generate("typescript-fetch", Map.of());
        assertThat(sources).hasSizeGreaterThan(50);
        Program.Result compiled = Program.run(
                LONGEST,
                "node",
                compiler().toString(),
                "--noEmit",
                "--strict",
                "--target",
                "es2020",
                "--module",
                "commonjs",
                "--lib",
                "es2020,dom",
                folder.resolve("typescript-fetch/index.ts").toString());
        assertThat(compiled.code()).as(compiled.toString()).isZero();
    }

    /** Unpacks TypeScript's own compiler, which is on the class path as a WebJar. */
    private Path compiler() throws IOException {
        URI jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("typescript-"))
                .map(entry -> URI.create("jar:" + Path.of(entry).toUri()))
                .findFirst()
                .orElseThrow();
        Path target = Files.createDirectories(folder.resolve("compiler"));
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> files = Files.walk(inside.getPath("/META-INF/resources/webjars/typescript"), 3)) {
            for (Path file : files.filter(one -> one.toString().matches(".*/lib/[^/]+\\.(js|d\\.ts)"))
                    .toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
        return target.resolve("tsc.js");
    }
}
