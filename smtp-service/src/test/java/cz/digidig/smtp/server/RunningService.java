package cz.digidig.smtp.server;

import cz.digidig.smtp.SmtpApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** The whole service with a played identity and no storage, one for all the tests that say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = SmtpApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RunningService.Rig.class)
@interface RunningService {
    /** What the service stands on. */
    final class Rig implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        static final Path FOLDER = folder();
        static final PlayedIdentity IDENTITY = identity();

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("smtp-service");
                Runtime.getRuntime()
                        .addShutdownHook(Thread.ofPlatform()
                                .unstarted(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
                return folder;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static PlayedIdentity identity() {
            try {
                return new PlayedIdentity();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Where a service's folders are, who plays identity, and any free port for each listener. */
        static String[] properties(Path folder, String identity) {
            return new String[] {
                "digidig.bind-address=127.0.0.1",
                "digidig.smtp.mx-port=0",
                "digidig.smtp.submission-port=0",
                "digidig.smtp.submissions-port=0",
                "digidig.client.storage-url=http://127.0.0.1:1",
                "digidig.client.identity-url=" + identity,
                "digidig.data-dir=" + folder.resolve("data"),
                "digidig.logs-dir=" + folder.resolve("logs"),
                "digidig.tests-dir=" + folder.resolve("tests")
            };
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(properties(FOLDER, IDENTITY.url())).applyTo(context);
        }
    }
}
